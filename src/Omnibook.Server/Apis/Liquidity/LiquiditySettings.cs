using Omnibook.Core.Instruments;
using Omnibook.Core.Liquidity;
using Omnibook.Core.Routing;
using Omnibook.Server.Configuration;

namespace Omnibook.Server.Apis.Liquidity;

/// <summary>What the dialect serves, and how.</summary>
internal sealed record LiquiditySettings
{
    /// <summary>The symbols, the default first.</summary>
    public IReadOnlyList<SymbolPlan> Symbols { get; init; } = [];

    /// <summary>How often metrics are measured and sent, times a second.</summary>
    public int TickHz { get; init; } = 2;

    /// <summary>How many fills of a way an answer lists; what comes after is counted.</summary>
    public int TopLevels { get; init; } = 50;

    /// <summary>The window of a stream that names none, in basis points.</summary>
    public int WindowBps { get; init; } = MetricWindow.UsualBps;

    /// <summary>How often <c>/ws/stream</c> says that it lives.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Which books count, and when the whole is live.</summary>
    public LiquidityRules Rules { get; init; } = LiquidityRules.Default;

    /// <summary>Fees of venues for which a request names none.</summary>
    public FeeSchedule Fees { get; init; } = new();

    /// <summary>The book by whose middle prices in USDT are told in USD; null where they are told as they are.</summary>
    public MemberName? TetherBook { get; init; }

    /// <summary>
    /// The dialect's own names first, then every composite by its configured one.
    /// </summary>
    public static LiquiditySettings Of(OmnibookOptions options)
    {
        var named = from name in options.Liquidity.Symbols
                    from composite in options.Composites
                    where composite.Name == name.Composite
                    select SymbolPlan.Of(name.Symbol, composite);
        return new LiquiditySettings
        {
            Symbols =
            [
                .. named.Concat(options.Composites.Select(composite => SymbolPlan.Of(composite.Name, composite)))
                    .DistinctBy(plan => plan.Name, StringComparer.OrdinalIgnoreCase),
            ],
            TickHz = options.Liquidity.TickHz,
            TopLevels = options.Liquidity.TopLevels,
            WindowBps = options.Liquidity.WindowBps,
            Rules = new LiquidityRules { StaleAfter = options.Liquidity.StaleAfter, LiveWithin = options.Liquidity.LiveWithin },
            Fees = options.Fees,
            TetherBook = options.Liquidity.TetherBook,
        };
    }
}

/// <summary>A symbol of the dialect.</summary>
/// <param name="Name">What clients call it: <c>BTC-USD</c>.</param>
/// <param name="Composite">The composite that it is.</param>
/// <param name="Members">Its configured members, in order; some may not be known to their venues yet.</param>
internal sealed record SymbolPlan(string Name, string Composite, IReadOnlyList<PlannedMember> Members)
{
    /// <summary>A symbol of a configured composite.</summary>
    public static SymbolPlan Of(string name, CompositeOptions composite) => new(
        name,
        composite.Name,
        [
            .. composite.Members.Select(member => new PlannedMember(
                composite.Members.Count(other => other.Venue == member.Venue) == 1 ? VenueNames.Of(member.Venue) : member.Symbol, member)),
        ]);
}

/// <summary>A member of a symbol.</summary>
/// <param name="Name">What it is called: its venue, or where the venue has several, its own symbol.</param>
/// <param name="Member">Which instrument it is.</param>
internal sealed record PlannedMember(string Name, MemberName Member)
{
    /// <summary>Whether an instrument is this member.</summary>
    public bool Is(Instrument instrument) => instrument.Venue == Member.Venue && instrument.Symbol == Member.Symbol;
}

/// <summary>What venues are called here: <c>binance</c> is the spot market, and only here.</summary>
internal static class VenueNames
{
    /// <summary>The dialect's name of a venue.</summary>
    public static string Of(VenueId venue) => venue.Key == "binance-spot" ? "binance" : venue.Key;
}
