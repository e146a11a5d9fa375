using Omnibook.Core.Instruments;
using Omnibook.Venues.Hyperliquid.Signing;

namespace Omnibook.Server.Trading;

/// <summary>Whether orders are sent.</summary>
internal enum TradingMode
{
    /// <summary>There are no orders: nothing is checked, signed or sent.</summary>
    Off,

    /// <summary>Orders are checked, counted and written down, and not sent.</summary>
    DryRun,

    /// <summary>Orders are sent.</summary>
    Live,
}

/// <summary>What is configured of real orders. The private key is inside of the signer, which shows it to nobody.</summary>
internal sealed record TradingOptions
{
    /// <summary>The explicit switch; off unless told.</summary>
    public TradingMode Mode { get; init; }

    /// <summary>Where orders go: <c>hyperliquid</c> or <c>hyperliquid-testnet</c>.</summary>
    public VenueId Venue { get; init; } = new("hyperliquid");

    /// <summary>The key; null where none is configured.</summary>
    public ActionSigner? Signer { get; init; }

    /// <summary>The account for which an agent's key acts; null for the key's own.</summary>
    public EthereumAddress? Account { get; init; }

    /// <summary>The vault or sub-account that is traded for; null for none.</summary>
    public EthereumAddress? Vault { get; init; }

    /// <summary>The most that one order may be worth, in dollars.</summary>
    public decimal MaxOrderUsd { get; init; } = 1_000;

    /// <summary>The most that all orders of a day (UTC) may be worth together, in dollars.</summary>
    public decimal MaxDayUsd { get; init; } = 10_000;

    /// <summary>How long the venue may take an action. After that a lost answer can only mean that nothing was done.</summary>
    public TimeSpan ActionLife { get; init; } = TimeSpan.FromSeconds(12);
}
