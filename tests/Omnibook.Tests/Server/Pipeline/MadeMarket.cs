using Microsoft.Extensions.Logging.Abstractions;
using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Trades;
using Omnibook.Server.Pipeline;

namespace Omnibook.Tests.Server.Pipeline;

/// <summary>A market loop over instruments that are made up.</summary>
internal sealed class MadeMarket : IAsyncDisposable
{
    public MadeMarket(MarketLoopOptions? options = null, bool isStarted = true, params string[] symbols)
        : this(null, options, isStarted, symbols)
    {
    }

    /// <summary>A market that goes on with the trades of every instrument where an earlier process ended.</summary>
    public MadeMarket(EarlierTrades? earlier, MarketLoopOptions? options = null, bool isStarted = true, params string[] symbols)
    {
        Instruments = [.. (symbols.Length == 0 ? ["one:BTC", "two:BTC"] : symbols).Select(symbol => Catalog.Register(Listing(symbol)))];
        Loop = new MarketLoop(
            new Market(Catalog, [new Composite("NBBO", Instruments)], new MarketOptions { EarlierTradesOf = _ => earlier }), Catalog, options ?? new MarketLoopOptions(), NullLogger<MarketLoop>.Instance);
        if (isStarted)
        {
            Loop.Start();
        }
    }

    public InstrumentCatalog Catalog { get; } = new();

    public IReadOnlyList<Instrument> Instruments { get; }

    public MarketLoop Loop { get; }

    public static InstrumentListing Listing(string symbol, string venue = "made") => new()
    {
        Venue = new VenueId(venue),
        Symbol = symbol,
        Pair = new Pair("BTC", "USD"),
        Kind = InstrumentKind.Perpetual,
        PriceScale = new Scale(1),
        QuantityScale = new Scale(3),
        Tick = new Price(1),
        Lot = new Quantity(1),
    };

    /// <summary>Gives an instrument a whole book: prices in tenths.</summary>
    public Task BookAsync(int instrument, long at, long? bid, long? ask) => AddAsync(batch => Book(batch, instrument, at, bid, ask));

    public void Book(EventBatch batch, int instrument, long at, long? bid, long? ask)
    {
        var time = Timestamp.FromMilliseconds(at);
        batch.BeginSnapshot(Instruments[instrument].Id);
        if (bid is { } price)
        {
            batch.AddBid(new Level(new Price(price), new Quantity(1)));
        }

        if (ask is { } other)
        {
            batch.AddAsk(new Level(new Price(other), new Quantity(1)));
        }

        batch.EndBook(at, at, new EventTimes(time, time));
    }

    public Task TradeAsync(long id, long at) => AddAsync(batch =>
    {
        var time = Timestamp.FromMilliseconds(at);
        batch.On(new Trade(Instruments[0].Id, id, new Price(10), new Quantity(1), TakerSide.Buy, new EventTimes(time, time)));
    });

    /// <summary>Waits until everything that was added has been applied.</summary>
    public Task SettleAsync() => Loop.ReadAsync(_ => true, TestContext.Current.CancellationToken);

    public async Task AddAsync(Action<EventBatch> fill)
    {
        var batch = Loop.Rent();
        fill(batch);
        await Loop.EnqueueAsync(batch, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => Loop.DisposeAsync();
}
