using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Simulator.Faults;

namespace Omnibook.Tests.Campaigns;

/// <summary>Books of which every message is whole: those of Hyperliquid.</summary>
public sealed class WholeBookFaultCampaign(SimulatedWorld world) : FaultCampaign(world)
{
    private const string Testnet = "hyperliquid-testnet";

    /// <summary>What is switched on, and which state it must bring.</summary>
    public static TheoryData<string, FaultRequest, BookState?, string?> Faults => new()
    {
        { "duplicate whole books", On(Testnet, "duplicate") with { Channel = "l2Book", Count = 20 }, null, null },
        { "reorder whole books", On(Testnet, "reorder") with { Channel = "l2Book", Count = 5 }, null, null },
        { "disconnect for good behaviour", On(Testnet, "disconnect") with { Code = 1000 }, BookState.Connecting, null },
        { "reset of the other", On(Testnet, "reset"), BookState.Connecting, null },
        { "malformed whole book", On(Testnet, "malformed") with { Channel = "l2Book", Count = 1 }, BookState.Resyncing, StatusReasons.Malformed },
        { "stall", On(Testnet, "stall") with { DurationMs = 25_000 }, BookState.Stale, null },
        { "one coin mute", On(Testnet, "mute") with { Symbol = "sekaw:BTC", DurationMs = 25_000 }, BookState.Stale, null },
        { "pushed books mute, asked ones answered", On(Testnet, "mute") with { Symbol = "sekaw:BTC", Channel = "l2Book", DurationMs = 10_000 }, null, null },
        { "delist", On(Testnet, "delist") with { Symbol = "merrli:BTC", DurationMs = 5000 }, BookState.Delisted, StatusReasons.EmptyBook },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public Task No_book_that_says_live_differs_from_the_venues(string name, FaultRequest fault, BookState? state, string? reason) =>
        TryAsync(name, fault, state, reason);
}
