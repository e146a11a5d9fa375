using Omnibook.Core.Events;

namespace Omnibook.Venues.Coinbase;

/// <summary>
/// What is asked of the venue. Answers name no request but come in its order: <c>subscriptions</c> lists everything that is subscribed,
/// an error is words alone (<c>{"type":"error","message":"too many L2 streams requested in a single session"}</c>).
/// </summary>
/// <remarks>
/// A second subscribe is accepted and brings no snapshot; unsubscribing first does. Streams are begun anew by whoever watches them while
/// frames are translated, hence the lock.
/// </remarks>
internal sealed class CoinbaseControl
{
    // After a hole every book asks for itself, within moments; one request serves them all.
    private static readonly TimeSpan ServedFor = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly ConnectionPlan _plan;
    private readonly CoinbaseProducts _products;
    private readonly string[] _symbols;
    private readonly Queue<CoinbaseRequest> _unanswered = [];
    private readonly Dictionary<int, Timestamp> _servedUntil = [];
    private bool _isBroken;

    public CoinbaseControl(ConnectionPlan plan, CoinbaseProducts products)
    {
        (_plan, _products) = (plan, products);
        _symbols = [.. plan.Books.Select(book => book.Listing.WireSymbol).Distinct(StringComparer.Ordinal)];
        string[] candles = [.. plan.Streams.Where(stream => stream.Channel == Channel.Candles).Select(stream => stream.Instrument.Listing.WireSymbol)];
        Opening =
        [
            .. _symbols.Length == 0 ? [] : Send(
                new CoinbaseRequest(true, CoinbaseChannels.Level2, _symbols),
                new CoinbaseRequest(true, CoinbaseChannels.Heartbeats, []),
                new CoinbaseRequest(true, CoinbaseChannels.Trades, _symbols),
                new CoinbaseRequest(true, CoinbaseChannels.Ticker, _symbols),
                new CoinbaseRequest(true, CoinbaseChannels.Status, _symbols)),
            .. candles.Length == 0 ? [] : Send(
                new CoinbaseRequest(true, CoinbaseChannels.Candles, candles), new CoinbaseRequest(true, CoinbaseChannels.Heartbeats, [])),
        ];
    }

    /// <summary>Subscribes everything.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Opening { get; }

    /// <summary>When the latest frame came; by it is judged what was asked just now.</summary>
    public Timestamp Now { get; set; }

    /// <summary>Every book of the connection has to begin anew.</summary>
    public void OnBroken()
    {
        lock (_gate)
        {
            _isBroken = true;
        }
    }

    /// <summary>Begins a stream anew: after a hole all books and trades at once, and nothing for those that ask for the same just afterwards.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Resubscribe(int stream)
    {
        lock (_gate)
        {
            var plan = _plan.Streams[stream];
            if (plan.Channel != Channel.Book)
            {
                return Anew(CoinbaseChannels.Of(plan.Channel), [plan.Instrument.Listing.WireSymbol]);
            }

            if (_isBroken)
            {
                return AllAnew(stream);
            }

            if (_servedUntil.Remove(stream, out var until) && Now < until)
            {
                return [];
            }

            _products.ProductOf(plan.Instrument).IsGivenUp = true;
            return Anew(CoinbaseChannels.Level2, [plan.Instrument.Listing.WireSymbol]);
        }
    }

    /// <summary>The venue answered the oldest request with its list.</summary>
    public void OnAnswered()
    {
        lock (_gate)
        {
            _unanswered.TryDequeue(out _);
        }
    }

    /// <summary>
    /// The venue refused the oldest request, in words that do not say which product is to blame: a request for many is asked again for each.
    /// </summary>
    public FrameOutcome OnError(string words)
    {
        lock (_gate)
        {
            if (!_unanswered.TryDequeue(out var request) || !request.IsSubscribe)
            {
                return new FrameOutcome(FrameKind.Refused, -1, words);
            }

            if (request.Products.Count > 1)
            {
                var single = request.Products.Select(product => new CoinbaseRequest(true, request.Channel, [product])).ToArray();
                return new FrameOutcome(FrameKind.Unknown, -1, words, Send(single));
            }

            return new FrameOutcome(FrameKind.Refused, StreamOf(request), words);
        }
    }

    private int StreamOf(CoinbaseRequest request) => _plan.Streams.ToList().FindIndex(stream =>
        CoinbaseChannels.Of(stream.Channel) == request.Channel && request.Products.Contains(stream.Instrument.Listing.WireSymbol, StringComparer.Ordinal));

    private ReadOnlyMemory<byte>[] AllAnew(int asking)
    {
        _isBroken = false;
        for (var i = 0; i < _plan.Streams.Count; i++)
        {
            if (_plan.Streams[i].Channel == Channel.Book)
            {
                _products.ProductOf(_plan.Streams[i].Instrument).IsGivenUp = true;
                if (i != asking)
                {
                    _servedUntil[i] = Now + ServedFor;
                }
            }
        }

        return [.. Anew(CoinbaseChannels.Level2, _symbols), .. Anew(CoinbaseChannels.Trades, _symbols)];
    }

    private ReadOnlyMemory<byte>[] Anew(string channel, IReadOnlyList<string> products) =>
        Send(new CoinbaseRequest(false, channel, products), new CoinbaseRequest(true, channel, products));

    private ReadOnlyMemory<byte>[] Send(params CoinbaseRequest[] requests)
    {
        Array.ForEach(requests, _unanswered.Enqueue);
        return [.. requests.Select(CoinbaseChannels.Write)];
    }
}
