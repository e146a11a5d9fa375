using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Liquidity;
using Omnibook.Server.Apis.Health;

namespace Omnibook.Server.Apis.PerpDex.Prices;

/// <summary>Reads what a pair costs. On the market's thread, so that all dexes are seen at the same moment.</summary>
internal static class PriceReader
{
    /// <summary>Reads every dex; one whose book is not live, not two-sided or not fresh is left out, and that is told.</summary>
    public static PriceReading Read(Market market, FollowedPair pair) => Read(market, pair.Pair.Name, pair.Members, pair.Missing);

    /// <summary>The same for instruments that are followed anyway.</summary>
    public static PriceReading Read(Market market, string pair, IEnumerable<DexMember> members, IReadOnlyList<string> missing)
    {
        var (sources, warnings) = (new List<DexPrice>(), new List<string>(missing));
        foreach (var member in members)
        {
            if (TryRead(market, member) is { } source)
            {
                sources.Add(source);
            }
            else
            {
                warnings.Add($"{member.Name}: {WhyNot(market.BookOf(member.Instrument.Id), market.Now)}");
            }
        }

        return new PriceReading(pair, market.Now, sources, warnings);
    }

    /// <summary>A venue that names no interval means an hour here: both dexes pay every hour.</summary>
    public static decimal HourlyRate(in Funding funding)
    {
        var rate = DerivedScales.Rate.ToDecimal(funding.RateUnits);
        return funding.Interval > TimeSpan.Zero ? rate * TimeSpan.TicksPerHour / funding.Interval.Ticks : rate;
    }

    private static DexPrice? TryRead(Market market, DexMember member)
    {
        var (id, scale) = (member.Instrument.Id, member.Instrument.PriceScale);
        var book = market.BookOf(id);
        if (!UsableBooks.Counts(book, market.Now, PerpRules.Fresh) || !book.Bids.TryGetBest(out var bid) || !book.Asks.TryGetBest(out var ask))
        {
            return null;
        }

        return new DexPrice(
            member.Name,
            member.Instrument.Symbol,
            scale.ToDecimal(bid.Price.Units),
            scale.ToDecimal(ask.Price.Units),
            market.LastTradeOf(id) is { } trade ? scale.ToDecimal(trade.Price.Units) : null,
            market.FundingOf(id) is { } funding ? HourlyRate(funding) : null,
            book.Times.VenueTime.IsUnknown ? book.Times.ReceivedAt : book.Times.VenueTime);
    }

    private static string WhyNot(OrderBook book, Timestamp now) =>
        !book.IsLive ? BookWords.Describe(book.Status)
        : book.Bids.Count == 0 || book.Asks.Count == 0 ? "its book has only one side"
        : $"its book was not updated for {(long)book.AgeAt(now).TotalSeconds} s";
}
