using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Coinbase;

/// <summary>
/// Coinbase by the public channels of its Advanced Trade socket. A book has no numbers of its own: what is numbered are the frames of
/// a connection, so the true book is known for each connection and frame.
/// </summary>
internal sealed class CoinbaseVenue : SimulatedVenue
{
    /// <summary>Clients may raise the numbers of a connection by multiples of this; only the rest is the venue's.</summary>
    private const long NumbersPerConnection = 1_000_000_000_000;

    private static readonly TimeSpan SubscribeWithin = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, CoinbaseMarket> _products = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _otherIds = new(StringComparer.Ordinal);
    private readonly SeededRandom _choices;
    private readonly CoinbaseRest _rest;
    private readonly BookLedgers _ledgers;

    /// <summary>Creates the venue with markets that have just opened.</summary>
    public CoinbaseVenue(SimulatorOptions options, Timestamp start)
        : base("coinbase", options, start)
    {
        _choices = new SeededRandom(SeededRandom.SeedOf(Seed, "choices"));
        _ledgers = new BookLedgers(options.Remembered);
        Publisher = new CoinbasePublisher(this);
        _rest = new CoinbaseRest(this);
        foreach (var listing in CoinbaseListings.First(options.CoinbaseProducts, options))
        {
            var reference = new ReferencePrice(options.Seed, listing.Rules.Asset, listing.Rules.CentreMicros);
            var market = new CoinbaseMarket(listing, AddMarket(listing.Rules, reference));
            _products.Add(market.Id, market);
            _otherIds.Add(listing.OtherId, market.Id);
            Schedule.At(Schedule.Microseconds + market.Market.NextPauseMicroseconds(), () => Run(market));
        }

        Publisher.Start();
    }

    /// <summary>The products by their own ids.</summary>
    public IReadOnlyDictionary<string, CoinbaseMarket> Products => _products;

    /// <summary>Sends what is periodic, and what is first.</summary>
    public CoinbasePublisher Publisher { get; }

    /// <summary>The clients; a copy, since sending may end one.</summary>
    public IEnumerable<CoinbaseConnection> Clients => [.. Connections.Cast<CoinbaseConnection>()];

    /// <inheritdoc />
    public override IReadOnlyList<string> Channels => CoinbaseChannel.All;

    /// <inheritdoc />
    public override int UsedWeight => _rest.Used;

    /// <inheritdoc />
    public override IEnumerable<(string Stream, int Listeners)> StreamCounts => Connections
        .SelectMany(static connection => connection.Subscriptions)
        .GroupBy(static name => name, StringComparer.Ordinal)
        .Select(static group => (group.Key, group.Count()));

    /// <summary>A product by its id or its other one.</summary>
    public CoinbaseMarket? Find(string? id) =>
        id is null ? null : _products.GetValueOrDefault(_otherIds.GetValueOrDefault(id) ?? id);

    /// <summary>True for what may come either way.</summary>
    public bool FlipsCoin() => _choices.Chance(500);

    /// <summary>True when the books that changed go out in one frame.</summary>
    public bool JoinsBooks() => _choices.Chance(120);

    /// <summary>All levels of a book, both sides mixed.</summary>
    public IReadOnlyList<(Side Side, TrueLevel Level)> Shuffle(CoinbaseMarket market)
    {
        var levels = new List<(Side, TrueLevel)>();
        foreach (var side in (ReadOnlySpan<BookSide>)[market.Market.Book.Bids, market.Market.Book.Asks])
        {
            for (var rank = 0; rank < side.Count; rank++)
            {
                levels.Add((side.Side, MatchingBook.Show(side[rank])));
            }
        }

        for (var i = levels.Count - 1; i > 0; i--)
        {
            var j = (int)_choices.Below(i + 1);
            (levels[i], levels[j]) = (levels[j], levels[i]);
        }

        return levels;
    }

    /// <summary>The number of the newest connection that ever carried a book.</summary>
    public long? NewestConnectionOf(string product) => _ledgers.TryFind(product, out var ledger) ? ledger.Connection : null;

    /// <summary>Writes events or an error.</summary>
    public byte[] Render(Action<Utf8JsonWriter> body) => Json.Write(body);

    /// <inheritdoc />
    public override bool HasBook(string name) => _products.ContainsKey(name) || (_products.ContainsKey(BookLedgers.ProductOf(name)) && _ledgers.TryFind(name, out _));

    /// <summary>
    /// The book as a connection was shown it in the newest frame up to a <c>sequence_num</c>, which may be raised by multiples of 10^12.
    /// The name is the product, for the newest connection that carries it, or <c>3:BTC-USD</c> for the fourth. Without any, the book of now.
    /// </summary>
    public override TrueBook? BookAt(string symbol, long? sequence)
    {
        var market = _products[BookLedgers.ProductOf(symbol)];
        if (!_ledgers.TryFind(symbol, out var ledger))
        {
            return sequence is null ? market.Market.Oracle.At(market.Market.Book, market.Market.Oracle.LastSequence) : null;
        }

        var number = sequence is { } given ? given % NumbersPerConnection : ledger.Range(market.Id).Newest;
        return number <= ledger.Range(market.Id).Newest && ledger.Find(market.Id, number) is { } frame
            ? market.Market.Oracle.At(market.Market.Book, frame.Sequence) is { } book ? book with { Sequence = number } : null
            : null;
    }

    /// <inheritdoc />
    public override (long Oldest, long Newest) BookRange(string symbol) =>
        _ledgers.TryFind(symbol, out var ledger) ? ledger.Range(BookLedgers.ProductOf(symbol)) : base.BookRange(symbol);

    /// <inheritdoc />
    public override long CurrentSequence(SimulatedMarket market) => market.Oracle.LastSequence;

    /// <summary>The market's own count of changes, which no client sees.</summary>
    public override long NextSequence(SimulatedMarket market) => market.Oracle.LastSequence + 1;

    /// <inheritdoc />
    public override void OnChange(SimulatedMarket market, in LevelChange change)
    {
        // Markets fill their books before they are listed here.
        if (_products.TryGetValue(market.Rules.Symbol, out var known))
        {
            known.Changes.Add(change);
        }
    }

    /// <inheritdoc />
    public override void OnTrade(SimulatedMarket market, in MarketTrade trade) => _products[market.Rules.Symbol].Fills.Add(trade);

    /// <inheritdoc />
    protected override VenueConnection? Open(string path, string streams)
    {
        if (path is not ("/" or ""))
        {
            return null;
        }

        var connection = new CoinbaseConnection(this, _ledgers.Open(), _choices.Below(100_000));
        Schedule.After(SubscribeWithin, () =>
        {
            if (!connection.HasSubscribed)
            {
                connection.Close(1008, "");
            }
        });
        return connection;
    }

    /// <inheritdoc />
    protected override RestAnswer Reply(RestCall call) => _rest.Reply(call);

    /// <inheritdoc />
    protected override string Subject(RestCall call) =>
        call.Query.TryGetValue("product_id", out var product) ? $"{call.Path}?product_id={product}" : call.Path;

    /// <inheritdoc />
    protected override string ErrorBody(int status) => CoinbaseErrors.BodyOf(status);

    /// <inheritdoc />
    protected override void OnDelisting(SimulatedMarket market, bool isDelisted)
    {
        base.OnDelisting(market, isDelisted);
        Publisher.OnStatus(_products[market.Rules.Symbol]);
    }

    private void Run(CoinbaseMarket market)
    {
        market.Market.Step();
        Publisher.OnStepped(market);
        Schedule.At(Schedule.Microseconds + market.Market.NextPauseMicroseconds(), () => Run(market));
    }
}
