using System.Globalization;
using System.Text;
using Omnibook.Core.Derived;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Bybit;

/// <summary>The topics of the public linear socket: <c>orderbook.200.BTCUSDT</c>, <c>publicTrade.BTCUSDT</c>.</summary>
internal static class BybitTopics
{
    /// <summary>
    /// Streams on one connection. The venue counts the characters of all topics (21,000 on a public connection) and sets no number
    /// for futures; a connection that is lost takes its books along, so few are put on it.
    /// https://bybit-exchange.github.io/docs/v5/ws/connect
    /// </summary>
    public const int MaxPerConnection = 200;

    // A listed contract trades every few seconds; the thinnest pause at night.
    private static readonly TimeSpan BookQuiet = TimeSpan.FromSeconds(15);

    // An unchanged top of book is sent again after three seconds.
    private static readonly TimeSpan TopQuiet = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TickerQuiet = TimeSpan.FromSeconds(30);

    /// <summary>Everything that is subscribed for an instrument.</summary>
    public static IEnumerable<StreamPlan> Of(Instrument instrument, BybitOptions options)
    {
        var depth = options.BookDepth.ToString(CultureInfo.InvariantCulture);
        yield return Stream($"orderbook.{depth}.", Channel.Book, instrument, BookQuiet);
        if (options.TopOfBook)
        {
            yield return Stream("orderbook.1.", Channel.TopOfBook, instrument, TopQuiet);
        }

        yield return Stream("publicTrade.", Channel.Trades, instrument, quietLimit: null);
        yield return Stream("tickers.", Channel.Derived, instrument, TickerQuiet);
        yield return Stream("allLiquidation.", Channel.Liquidations, instrument, quietLimit: null);
    }

    /// <summary>
    /// The lengths of candles: minutes as a number, then letters. https://bybit-exchange.github.io/docs/v5/enum#interval
    /// </summary>
    public static IReadOnlyDictionary<CandleInterval, string> Intervals { get; } = new Dictionary<CandleInterval, string>
    {
        [CandleInterval.Parse("1m")] = "1",
        [CandleInterval.Parse("3m")] = "3",
        [CandleInterval.Parse("5m")] = "5",
        [CandleInterval.Parse("15m")] = "15",
        [CandleInterval.Parse("30m")] = "30",
        [CandleInterval.Parse("1h")] = "60",
        [CandleInterval.Parse("2h")] = "120",
        [CandleInterval.Parse("4h")] = "240",
        [CandleInterval.Parse("6h")] = "360",
        [CandleInterval.Parse("12h")] = "720",
        [CandleInterval.Parse("1d")] = "D",
        [CandleInterval.Parse("1w")] = "W",
        [CandleInterval.Parse("1M")] = "M",
    };

    /// <summary>The candles of an instrument. They are sent every 1 to 60 s, and rest while nobody trades.</summary>
    public static StreamPlan Of(CandleStream candles) =>
        Stream($"kline.{Intervals[candles.Interval]}.", Channel.Candles, candles.Instrument, quietLimit: null) with { Interval = candles.Interval };

    /// <summary>
    /// Takes a topic apart. <c>orderbook.rpi</c> and <c>orderbook.full</c> are other books than the one followed, and
    /// <c>liquidation</c> is the old sample of one a second: they are not taken.
    /// </summary>
    public static bool TrySplit(ReadOnlySpan<byte> topic, out Channel channel, out ReadOnlySpan<byte> symbol)
    {
        (channel, var prefix) = topic switch
        {
            _ when topic.StartsWith("publicTrade."u8) => (Channel.Trades, "publicTrade.".Length),
            _ when topic.StartsWith("tickers."u8) => (Channel.Derived, "tickers.".Length),
            _ when topic.StartsWith("allLiquidation."u8) => (Channel.Liquidations, "allLiquidation.".Length),
            _ when topic.StartsWith("kline."u8) => (Channel.Candles, NumberedPrefix(topic, "kline.".Length)),
            _ when topic.StartsWith("orderbook."u8) => (Channel.Book, BookPrefix(topic)),
            _ => (default, 0),
        };
        symbol = topic[prefix..];
        return prefix > 0 && !symbol.IsEmpty;
    }

    /// <summary>The length of the candles of a topic; null for a topic of something else. False for candles of a length that nobody here knows.</summary>
    public static bool TryInterval(ReadOnlySpan<byte> topic, Channel channel, out CandleInterval? interval)
    {
        interval = null;
        if (channel != Channel.Candles)
        {
            return true;
        }

        var rest = topic["kline.".Length..];
        var name = Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)'.')]);
        interval = Intervals.FirstOrDefault(known => known.Value == name).Key;
        return interval is not null;
    }

    private static int BookPrefix(ReadOnlySpan<byte> topic)
    {
        var depth = topic["orderbook.".Length..];
        var digits = depth.IndexOf((byte)'.');
        return digits > 0 && !depth[..digits].ContainsAnyExceptInRange((byte)'0', (byte)'9')
            ? "orderbook.".Length + digits + 1
            : 0;
    }

    /// <summary>Up to the point behind a number or a letter: <c>kline.5.</c>.</summary>
    private static int NumberedPrefix(ReadOnlySpan<byte> topic, int from)
    {
        var length = topic[from..].IndexOf((byte)'.');
        return length > 0 ? from + length + 1 : 0;
    }

    private static StreamPlan Stream(string prefix, Channel channel, Instrument instrument, TimeSpan? quietLimit) =>
        new(prefix + instrument.Listing.WireSymbol, channel, instrument, quietLimit);
}
