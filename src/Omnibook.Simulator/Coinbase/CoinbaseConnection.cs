using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Coinbase;

/// <summary>
/// A client of the Advanced Trade socket. Every frame but an error takes the next <c>sequence_num</c> of the connection, whatever its
/// channel. Subscribing again is acknowledged and brings no second snapshot; unsubscribing first does.
/// </summary>
internal sealed class CoinbaseConnection(CoinbaseVenue venue, BookLedger ledger, long firstHeartbeat) : VenueConnection(venue)
{
    private const int MostBooks = 30;
    private const int MostMessagesPerSecond = 8;
    private readonly SortedDictionary<string, SortedSet<string>> _channels = new(StringComparer.Ordinal);
    private readonly HashSet<(string Channel, string Product)> _silent = [];
    private readonly Queue<long> _received = new();
    private long _number;
    private long _heartbeat = firstHeartbeat;

    /// <summary>What it was shown of books.</summary>
    public BookLedger Ledger { get; } = ledger;

    /// <summary>True once it has subscribed to anything; the venue waits five seconds for that.</summary>
    public bool HasSubscribed { get; private set; }

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Subscriptions =>
        [.. _channels.SelectMany(static channel => channel.Value.Select(product => channel.Key == product ? product : $"{channel.Key} {product}"))];

    /// <summary>True when data of a channel goes to it.</summary>
    public bool Listens(string channel, string product) => IsSubscribed(channel, product) && !_silent.Contains((channel, product));

    /// <summary>True when it wants heartbeats.</summary>
    public bool WantsHeartbeats => _channels.ContainsKey(CoinbaseChannel.Heartbeats);

    /// <inheritdoc />
    public override void Receive(ReadOnlySpan<byte> text)
    {
        if (IsTooFast())
        {
            // The limit is the venue's; its words are not on its page.
            Refuse("rate limit exceeded");
            return;
        }

        if (CoinbaseRequest.Parse(text) is not { } request)
        {
            Refuse("failed to parse message");
        }
        else if (!CoinbaseChannel.All.Contains(request.Channel, StringComparer.Ordinal))
        {
            // User channels need a key, and so does whatever else there may be.
            Refuse("authentication failure");
        }
        else if (request.IsSubscribe)
        {
            Subscribe(request);
        }
        else
        {
            Unsubscribe(request);
        }
    }

    /// <inheritdoc />
    public override void Forget() => _channels.Clear();

    /// <summary>Sends a frame with the connection's next number.</summary>
    /// <returns>The number.</returns>
    public long SendNumbered(string channel, FrameTag tag, byte[] events)
    {
        var number = _number++;
        Send(tag, CoinbaseFrames.Envelope(channel, venue.Schedule.Microseconds, number, events));
        return number;
    }

    /// <summary>Sends a frame about books, and remembers what it showed.</summary>
    public void SendBooks(IReadOnlyList<CoinbaseMarket> markets, byte[] events)
    {
        var symbol = markets.Count == 1 ? markets[0].Id : null;
        var number = SendNumbered(CoinbaseChannel.Level2Data, FrameTag.Data(symbol, CoinbaseChannel.Level2), events);
        foreach (var market in markets)
        {
            Ledger.Add(market.Id, number, market.Market.Oracle.LastSequence);
        }
    }

    /// <summary>Sends the heartbeat of this second.</summary>
    public void Beat()
    {
        var counter = _heartbeat++;
        SendNumbered(
            CoinbaseChannel.Heartbeats, FrameTag.Data(null, CoinbaseChannel.Heartbeats),
            venue.Render(json => CoinbaseFrames.Heartbeat(json, venue.Schedule.Microseconds, counter)));
    }

    private bool IsSubscribed(string channel, string product) => _channels.TryGetValue(channel, out var products) && products.Contains(product);

    private void Subscribe(CoinbaseRequest request)
    {
        if (Problem(request, out var products) is { } problem)
        {
            Refuse(problem);
            return;
        }

        HasSubscribed = true;
        var added = products.Where(product => !IsSubscribed(request.Channel, product)).ToList();
        _channels.TryAdd(request.Channel, new SortedSet<string>(StringComparer.Ordinal));
        _channels[request.Channel].UnionWith(added);
        venue.Traffic.SubscriptionsMade += added.Count;
        var silent = added.Where(product => venue.Faults.Use("wrong-path", product, request.Channel) is not null).ToList();
        silent.ForEach(product => _silent.Add((request.Channel, product)));
        var isLost = products.Any(product => venue.Faults.Use("lost-ack", product, request.Channel) is not null);

        // Data may come before what acknowledges it.
        var acknowledgesFirst = venue.FlipsCoin();
        Acknowledge(acknowledgesFirst && !isLost);
        venue.Publisher.SendFirst(this, request.Channel, [.. added.Except(silent, StringComparer.Ordinal)]);
        Acknowledge(!acknowledgesFirst && !isLost);
    }

    private string? Problem(CoinbaseRequest request, out IReadOnlyList<string> products)
    {
        products = [];
        if (request.Channel == CoinbaseChannel.Heartbeats)
        {
            products = [CoinbaseChannel.Heartbeats];
        }
        else if (request.Products.FirstOrDefault(id => venue.Find(id) is null) is { } unknown)
        {
            // That it is refused is known from clients, the words are not.
            return $"product_id {unknown} is not valid";
        }
        else
        {
            products = request.Products.Count == 0 && request.Channel == CoinbaseChannel.Status
                ? [.. venue.Products.Keys]
                : [.. request.Products.Select(id => venue.Find(id)!.Id).Distinct(StringComparer.Ordinal)];
        }

        if (products.Count == 0)
        {
            return "product_ids are required";
        }

        return products.Any(product => venue.Faults.Use("refuse-subscription", product, request.Channel) is not null)
            || request.Channel == CoinbaseChannel.Level2 && BooksWith(products) > MostBooks
                ? "too many L2 streams requested in a single session"
                : null;
    }

    private int BooksWith(IEnumerable<string> products) =>
        (_channels.GetValueOrDefault(CoinbaseChannel.Level2) ?? []).Union(products, StringComparer.Ordinal).Count();

    private void Unsubscribe(CoinbaseRequest request)
    {
        if (_channels.TryGetValue(request.Channel, out var products))
        {
            var gone = request.Products.Count == 0 ? [.. products] : request.Products.Select(id => venue.Find(id)?.Id ?? id).ToList();
            products.ExceptWith(gone);
            gone.ForEach(product => _silent.Remove((request.Channel, product)));
            if (products.Count == 0)
            {
                _channels.Remove(request.Channel);
            }
        }

        Acknowledge(isDue: true);
    }

    private void Acknowledge(bool isDue)
    {
        if (isDue)
        {
            SendNumbered(CoinbaseChannel.Subscriptions, FrameTag.Control, venue.Render(json => CoinbaseFrames.Subscriptions(json, _channels)));
        }
    }

    private void Refuse(string message) => Send(FrameTag.Control, venue.Render(json => CoinbaseFrames.Error(json, message)));

    private bool IsTooFast()
    {
        var now = venue.Schedule.Milliseconds;
        while (_received.TryPeek(out var oldest) && now - oldest >= 1000)
        {
            _received.Dequeue();
        }

        if (_received.Count >= MostMessagesPerSecond)
        {
            return true;
        }

        _received.Enqueue(now);
        return false;
    }
}
