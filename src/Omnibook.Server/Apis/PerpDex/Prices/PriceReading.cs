using Omnibook.Core.Derived;
using Omnibook.Core.Events;

namespace Omnibook.Server.Apis.PerpDex.Prices;

/// <summary>What a pair costs at one moment, at every dex whose book is fresh.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="At">The moment, by our clock.</param>
/// <param name="Sources">The dexes, in the dialect's order.</param>
/// <param name="Warnings">Which dexes are left out, and why.</param>
internal sealed record PriceReading(string Pair, Timestamp At, IReadOnlyList<DexPrice> Sources, IReadOnlyList<string> Warnings)
{
    /// <summary>Where the highest bid is; the first dex of several that show it. There has to be a source.</summary>
    public DexPrice Bid => Sources.MaxBy(source => source.Bid)!;

    /// <summary>Where the lowest ask is; the first dex of several that show it. There has to be a source.</summary>
    public DexPrice Ask => Sources.MinBy(source => source.Ask)!;

    /// <summary>The middle of the highest bid and the lowest ask.</summary>
    public decimal Mid => (Bid.Bid + Ask.Ask) / 2;

    /// <summary>Whether another reading says the same of every dex, whenever it was taken.</summary>
    public bool SaysTheSameAs(PriceReading? other) =>
        other is not null
        && Sources.Select(source => source with { At = default }).SequenceEqual(other.Sources.Select(source => source with { At = default }));

    /// <summary>The same with what the dexes say of the last 24 hours.</summary>
    public PriceReading With(Func<DexPrice, DayTicker?> figures) => this with
    {
        Sources = [.. Sources.Select(source => figures(source) is { } day
            ? source with { DayVolume = day.QuoteVolume, Last = source.Last ?? day.Last, HourlyRate = source.HourlyRate ?? day.FundingRate }
            : source)],
    };
}

/// <summary>What a pair costs at one dex.</summary>
/// <param name="Dex">The dex.</param>
/// <param name="Symbol">The dex's own spelling.</param>
/// <param name="Bid">The highest bid.</param>
/// <param name="Ask">The lowest ask.</param>
/// <param name="Last">Price of the last trade; null where none is known.</param>
/// <param name="HourlyRate">The funding of one hour, as a fraction, positive when longs pay; null where none is known. Both dexes pay every hour.</param>
/// <param name="At">When the book was updated: the dex's own time where it tells one, otherwise ours.</param>
internal sealed record DexPrice(string Dex, string Symbol, decimal Bid, decimal Ask, decimal? Last, decimal? HourlyRate, Timestamp At)
{
    /// <summary>What was traded within 24 hours, in dollars; null where it is not known.</summary>
    public decimal? DayVolume { get; init; }
}
