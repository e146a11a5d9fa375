using Omnibook.Core.Instruments;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary>What the dialect serves, and how often.</summary>
internal sealed record NbboRules
{
    /// <summary>The composite that is the aggregate book.</summary>
    public string Composite { get; init; } = "NBBO";

    /// <summary>The configured members of the aggregate: those that are not there yet are told as failed.</summary>
    public IReadOnlyList<string> Coins { get; init; } = ["merrli:BTC", "sekaw:BTC", "btcx:BTC-FEUSD"];

    /// <summary>How the dialect calls the coin of the aggregate.</summary>
    public string Coin { get; init; } = "BTC";

    /// <summary>The venue whose REST host answers for accounts and for books that are not followed.</summary>
    public VenueId Venue { get; init; } = new("hyperliquid-testnet");

    /// <summary>How often <c>/ws/prices</c> pushes.</summary>
    public TimeSpan PriceInterval { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How often <c>/ws/trades</c> repeats the newest trade.</summary>
    public TimeSpan TradeRepeat { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A book that was last updated longer ago than this counts as failed.</summary>
    public TimeSpan MaxBookAge { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The dex of a coin: <c>merrli</c> of <c>merrli:BTC</c>, nothing of <c>BTC</c>.</summary>
    public static string DexOf(string coin) => coin.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? coin[..colon] : string.Empty;
}
