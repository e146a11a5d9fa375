using System.Globalization;
using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.Captures;

namespace Omnibook.Tests.Venues.Captures;

/// <summary>A capture played into a market of its own, and the totals of its trades in exact decimals.</summary>
internal sealed class Replayed
{
    private Replayed(Market market, CaptureReplay replay, IReadOnlyList<CapturedInstrument> learned) =>
        (Market, Replay, Learned) = (market, replay, learned);

    public Market Market { get; }

    public CaptureReplay Replay { get; }

    public IReadOnlyList<CapturedInstrument> Learned { get; }

    public List<Trade> Trades { get; } = [];

    public OrderBook Book => Market.BookOf(Replay.Instruments[0].Id);

    public static Replayed Of(IVenue venue, params string[] files)
    {
        var catalog = new InstrumentCatalog();
        var learned = CaptureInstruments.Learn(venue, CaptureReader.Read(files));
        var replay = new CaptureReplay(venue, learned, catalog);
        var replayed = new Replayed(new Market(catalog, []), replay, learned);
        var batch = new EventBatch();
        foreach (var frame in CaptureReader.Read(files))
        {
            replay.Push(frame, batch);
            batch.DeliverTo(replayed.Market);
            batch.Clear();
            replayed.Trades.AddRange(replayed.Market.Changes.Trades);
            replayed.Market.Changes.Clear();
        }

        return replayed;
    }

    public string Base() => Exact(Trades.Sum(QuantityOf));

    public string Quote() => Exact(Trades.Sum(trade => QuantityOf(trade) * Book.Instrument.PriceScale.ToDecimal(trade.Price.Units)));

    public IEnumerable<string[]> Top(Ladder ladder, int count)
    {
        var levels = new Level[count];
        return levels[..ladder.CopyTo(levels)].Select(level => new[]
        {
            Book.Instrument.PriceScale.Format(level.Price.Units), Book.Instrument.QuantityScale.Format(level.Quantity.Units),
        });
    }

    private static string Exact(decimal amount) => amount.ToString("0.############################", CultureInfo.InvariantCulture);

    private decimal QuantityOf(Trade trade) => Book.Instrument.QuantityScale.ToDecimal(trade.Quantity.Units);
}
