using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>
/// Spreads instruments over sockets. A coin that the venue does not know closes its whole socket without a word (code 1006),
/// so each dex has a socket of its own as far as the number of sockets allows: a builder dex that vanishes takes nothing along.
/// </summary>
internal sealed class ConnectionPlanner(Uri socket)
{
    /// <summary>What is most wanted comes first.</summary>
    private static readonly Channel[] Channels = [Channel.Book, Channel.Trades, Channel.TopOfBook, Channel.Derived];

    private readonly Uri _address = new(socket.AbsoluteUri.TrimEnd('/') + "/ws");

    /// <summary>
    /// Which sockets to open and what to subscribe on each. Where there are too many instruments for all channels, the last ones are left
    /// out: first mark prices and funding, which can be asked for, then the best prices apart from the book, then trades.
    /// </summary>
    /// <exception cref="ArgumentException">More books than the venue allows would be needed.</exception>
    public IReadOnlyList<ConnectionPlan> Plan(IReadOnlyList<Instrument> instruments)
    {
        var distinct = instruments.Distinct().ToArray();
        var affordable = HyperliquidRules.MaxSubscriptions / Math.Max(1, distinct.Length);
        if (affordable == 0)
        {
            throw new ArgumentException(
                $"{distinct.Length} instruments need {distinct.Length} subscriptions; Hyperliquid allows {HyperliquidRules.MaxSubscriptions} to one address.",
                nameof(instruments));
        }

        var channels = Channels[..Math.Min(Channels.Length, affordable)];
        return
        [
            .. distinct
                .GroupBy(instrument => DexOf(instrument.Listing.WireSymbol), StringComparer.Ordinal)
                .Select((dex, index) => (Socket: index % HyperliquidRules.MaxConnections, Instruments: dex))
                .GroupBy(part => part.Socket, part => part.Instruments)
                .Select(parts => new ConnectionPlan($"public-{parts.Key}", _address, Streams(channels, parts.SelectMany(part => part)))),
        ];
    }

    /// <summary>All candles over one socket, since sockets are what is short.</summary>
    public IReadOnlyList<ConnectionPlan> PlanCandles(IReadOnlyList<CandleStream> candles) => candles.Count == 0
        ? []
        : [new ConnectionPlan("candles-0", _address, [.. candles.Distinct().Select(Stream)])];

    /// <summary>The dex of a coin: <c>merrli</c> of <c>merrli:BTC</c>, empty for the first dex.</summary>
    internal static string DexOf(string coin)
    {
        var colon = coin.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? string.Empty : coin[..colon];
    }

    // All books first: they are subscribed first, and so live first.
    private static StreamPlan[] Streams(Channel[] channels, IEnumerable<Instrument> instruments) =>
        [.. channels.SelectMany(channel => instruments.Select(instrument => Stream(channel, instrument)))];

    // A candle is sent while there are trades.
    private static StreamPlan Stream(CandleStream candles) => new(
        $"{Subscription.TypeOf(Channel.Candles)} {candles.Instrument.Listing.WireSymbol} {candles.Interval}", Channel.Candles, candles.Instrument, null)
    {
        Interval = candles.Interval,
    };

    private static StreamPlan Stream(Channel channel, Instrument instrument) => new(
        $"{Subscription.TypeOf(channel)} {instrument.Listing.WireSymbol}",
        channel,
        instrument,
        channel switch
        {
            Channel.Book => HyperliquidRules.BookQuietLimit,
            Channel.Derived => HyperliquidRules.DerivedQuietLimit,
            _ => null,
        });
}
