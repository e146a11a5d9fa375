using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.CryExc.Past;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>What distinguishes streams: subscriptions that mean the same share one.</summary>
/// <param name="Kind">The stream's name, as clients call it.</param>
/// <param name="Exchange">The exchange's name; empty where there is none.</param>
/// <param name="Symbol">The venue's spelling.</param>
/// <param name="Echo">How the frames call it.</param>
/// <param name="Options">The options that frames depend on.</param>
internal sealed record StreamKey(string Kind, string Exchange = "", string Symbol = "", string Echo = "", string Options = "");

/// <summary>
/// One stream, as long as somebody listens. Everything but its end happens on the market's thread; events come only once it has begun, so that what it
/// tells first and what follows have no seam.
/// </summary>
internal abstract class MarketStream : IDisposable
{
    private readonly MarketLease? _lease;
    private Timestamp _lastDue;

    /// <summary>A stream of an instrument, or of none.</summary>
    protected MarketStream(StreamKey key, MarketLease? lease, StreamParts parts)
    {
        (Key, _lease, Rules, Writer) = (key, lease, parts.Rules, new FrameWriter(parts.Frames));
        Topic = new Topic($"cryexc.{key.Kind}", PolicyOf(key.Kind), parts.Counters);
    }

    /// <summary>What it is.</summary>
    public StreamKey Key { get; }

    /// <summary>What clients follow.</summary>
    public Topic Topic { get; }

    /// <summary>Of which instrument; null where events of all are wanted.</summary>
    public Instrument? Source => _lease?.Instrument;

    /// <summary>Whether <see cref="Begin"/> was called.</summary>
    public bool HasBegun { get; set; }

    /// <summary>The instrument of a stream that has one.</summary>
    protected Instrument Instrument => Source ?? throw new InvalidOperationException($"{Key.Kind} has no instrument.");

    /// <summary>Bounds and rhythms.</summary>
    protected CryExcRules Rules { get; }

    /// <summary>Renders on the market's thread.</summary>
    protected FrameWriter Writer { get; }

    /// <summary>Gets ready what it begins with, before the first client and every other follows it. Off the market's thread.</summary>
    public virtual Task PrepareAsync(StreamOpening opening, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Looks at what there is already; events follow from then on.</summary>
    public virtual void Begin(Market market, FlowBoard board)
    {
    }

    /// <summary>What a client that comes now is sent at first; null for nothing.</summary>
    public virtual Frame? Greeting(Market market) => null;

    /// <summary>
    /// What a client that comes now is told of what has been; null for nothing. Called on the market's thread, where everything that it takes is gathered;
    /// what it gives back renders it, on any thread.
    /// </summary>
    public virtual Func<FrameWriter, Frame>? History(Market market) => null;

    /// <summary>A trade of the instrument.</summary>
    /// <param name="trade">The trade.</param>
    /// <param name="isKept">Whether the flow has taken it.</param>
    public virtual void On(in Trade trade, bool isKept)
    {
    }

    /// <summary>A position in the instrument was closed by force.</summary>
    public virtual void On(in Liquidation liquidation)
    {
    }

    /// <summary>A candle of the instrument, of whatever length, went on.</summary>
    public virtual void On(in CandleUpdate candle)
    {
    }

    /// <summary>A piece of news.</summary>
    public virtual void On(NewsItem news)
    {
    }

    /// <summary>The book of the instrument has changed.</summary>
    public virtual void OnBook()
    {
    }

    /// <summary>The book of the instrument was kept, because a minute has begun.</summary>
    public virtual void OnBookKept()
    {
    }

    /// <summary>Called many times a second: tells what is due.</summary>
    public virtual void Pulse(Market market)
    {
    }

    /// <summary>The last client has gone.</summary>
    public virtual void Dispose() => _lease?.Dispose();

    /// <summary>Whether so much time has passed since this last said yes.</summary>
    protected bool IsDue(Market market, TimeSpan pace)
    {
        if (!_lastDue.IsUnknown && market.Now - _lastDue < pace)
        {
            return false;
        }

        _lastDue = market.Now;
        return true;
    }

    /// <summary>Writes how every frame begins: <c>{"type":"trade","data":{"exchange":"binancef","symbol":"BTCUSDT"</c>.</summary>
    protected FrameWriter Head(string type) => Head(Writer, type);

    /// <summary>The same for a frame that is not rendered on the market's thread.</summary>
    protected FrameWriter Head(FrameWriter writer, string type) =>
        writer.Begin().Raw("{\"type\":"u8).Text(type).Raw(",\"data\":{\"exchange\":"u8).Text(Key.Exchange).Raw(",\"symbol\":"u8).Text(Key.Echo);

    /// <summary>When something happened by the venue's clock, or by ours where the venue does not say; in milliseconds.</summary>
    protected static long TimeOf(in EventTimes times) => (times.VenueTime.IsUnknown ? times.ReceivedAt : times.VenueTime).UnixMilliseconds;

    /// <summary>States are replaced by newer ones while they wait; everything else waits in order.</summary>
    private static OutboxPolicy PolicyOf(string kind) =>
        kind is StreamNames.OrderBook or StreamNames.BookStatistics or StreamNames.Dom ? OutboxPolicy.NewestOnly : OutboxPolicy.DropOldest;
}

/// <summary>What a stream is begun with.</summary>
/// <param name="Loop">Where events come from.</param>
/// <param name="Begin">Has a stream begin, on the market's thread.</param>
/// <param name="Past">What memory does not have.</param>
internal sealed record StreamOpening(MarketLoop Loop, Action<Market, MarketStream> Begin, PastReader Past)
{
    /// <summary>Has a stream begin, if it has not.</summary>
    public Task BeginAsync(MarketStream stream, CancellationToken cancellationToken) => Loop.ReadAsync(
        market =>
        {
            Begin(market, stream);
            return true;
        },
        cancellationToken);
}

/// <summary>What every stream is made with.</summary>
internal sealed record StreamParts(FramePool Frames, StreamCounters Counters, CryExcRules Rules);
