using System.Text.Json;
using System.Text.Json.Serialization;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Control;

/// <summary>What the control route shows.</summary>
internal static class ControlViews
{
    /// <summary>Field names as on the web; fields that nobody knows are refused.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The venues, their addresses, symbols, counters and listeners.</summary>
    public static RestAnswer Venues(IReadOnlyList<SimulatedVenue> venues, IReadOnlyList<SimulatedVenueAddress> addresses) =>
        Show(200, venues.Select(venue => Locked(venue, () => ViewOf(venue, addresses.First(address => address.Key == venue.Key)))).ToList());

    /// <summary>What can go wrong, and what does.</summary>
    public static RestAnswer Faults(IReadOnlyList<SimulatedVenue> venues) => Show(200, new
    {
        Active = venues.SelectMany(venue => Locked(venue, () => venue.Faults.Active.Select(fault => ViewOf(venue, fault)).ToList())).ToList(),
        Available = FaultCatalog.All.Select(static kind => new
        {
            Fault = kind.Name,
            kind.Description,
            kind.Parameters,
            kind.OnlyVenues,
            kind.IsMomentary,
            kind.UsualCount,
        }),
        Venues = venues.Select(static venue => new { venue.Key, Symbols = venue.Markets.Keys.ToList(), venue.Channels }),
    });

    /// <summary>One fault.</summary>
    public static RestAnswer Fault(int status, SimulatedVenue venue, ActiveFault fault) => Show(status, ViewOf(venue, fault));

    /// <summary>The true book. <c>digest</c> is over all levels, <c>levelsDigest</c> over those shown.</summary>
    public static RestAnswer Book(SimulatedVenue venue, string symbol, TrueBook book, int levels) => Show(200, new
    {
        Venue = venue.Key,
        Symbol = symbol,
        book.Sequence,
        Digest = book.Digest(),
        LevelsDigest = book.Digest(levels),
        BidLevels = book.Bids.Count,
        AskLevels = book.Asks.Count,
        Bids = book.Bids.Take(levels).Select(level => ViewOf(book, level)),
        Asks = book.Asks.Take(levels).Select(level => ViewOf(book, level)),
    });

    /// <summary>The trades, oldest first.</summary>
    public static RestAnswer Trades(SimulatedVenue venue, string symbol, IReadOnlyList<MarketTrade> trades)
    {
        var rules = venue.Markets[symbol].Rules;
        return Show(200, trades.Select(trade => new
        {
            trade.Id,
            VenueTradeId = venue.TradeIdOf(trade),
            Price = rules.PriceScale.Format(trade.Price),
            Quantity = rules.QuantityScale.Format(trade.Quantity),
            Time = trade.Milliseconds,
            TakerSide = trade.TakerSide == Side.Bid ? "buy" : "sell",
            trade.IsLiquidation,
        }));
    }

    /// <summary>The news that the venue's history holds, oldest first.</summary>
    public static RestAnswer News(SimulatedVenue venue) => Show(200, Locked(venue, () =>
        venue.News.Select(static item => new { item.Id, Time = item.Milliseconds }).ToList()));

    /// <summary>The requests that were seen, oldest first.</summary>
    public static RestAnswer Requests(SimulatedVenue venue) => Show(200, Locked(venue, () =>
        venue.Traffic.RecentRequests.Select(static request => new { Time = request.Milliseconds, request.Subject, request.Status }).ToList()));

    private static T Locked<T>(SimulatedVenue venue, Func<T> read)
    {
        lock (venue.Gate)
        {
            return read();
        }
    }

    private static object ViewOf(SimulatedVenue venue, SimulatedVenueAddress address) => new
    {
        venue.Key,
        address.Rest,
        address.Socket,
        Time = venue.Schedule.Milliseconds,
        Symbols = venue.Markets.Keys.ToList(),
        Connections = venue.Connections.Count,
        Subscriptions = venue.Connections.Sum(static connection => connection.Subscriptions.Count),
        Listeners = venue.StreamCounts.ToDictionary(static stream => stream.Stream, static stream => stream.Listeners, StringComparer.Ordinal),
        venue.UsedWeight,
        venue.Traffic.ConnectionsOpened,
        venue.Traffic.HandshakesRefused,
        venue.Traffic.MessagesReceived,
        venue.Traffic.SubscriptionsMade,
        venue.Traffic.FramesSent,
        venue.Traffic.BytesSent,
        venue.Traffic.SlowClients,
        venue.Traffic.BrokenConnections,
        venue.Traffic.Requests,
        venue.Traffic.RequestsLimited,
    };

    private static object ViewOf(SimulatedVenue venue, ActiveFault fault) => new
    {
        fault.Id,
        Venue = venue.Key,
        Fault = fault.Kind.Name,
        fault.Request,
        Since = fault.SinceMilliseconds,
        Until = fault.UntilMilliseconds,
        fault.Remaining,
        fault.Hits,
    };

    private static object ViewOf(TrueBook book, TrueLevel level) => new
    {
        Price = book.PriceScale.Format(level.Price),
        Quantity = book.QuantityScale.Format(level.Quantity),
        level.Orders,
    };

    private static RestAnswer Show(int status, object value) => new(status, JsonSerializer.SerializeToUtf8Bytes(value, Json));
}
