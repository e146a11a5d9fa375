using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Captures;

/// <summary>One survey for each instrument. Mark prices are left aside: the venue computes them at a scale of its own.</summary>
internal sealed class CaptureSurvey(VenueId venue, InstrumentKind kind) : EventObserver
{
    private readonly InstrumentCatalog _catalog = new();
    private readonly List<AmountSurvey> _surveys = [];

    public Instrument? OnlyBook
    {
        get
        {
            var books = _catalog.Instruments.Where(instrument => _surveys[instrument.Id.Index].HasBook).Take(2).ToArray();
            return books.Length == 1 ? books[0] : null;
        }
    }

    public Instrument Register(string symbol)
    {
        var instrument = _catalog.Register(new InstrumentListing
        {
            Venue = venue,
            Symbol = symbol,
            Pair = new Pair(symbol, ""),
            Kind = kind,
            PriceScale = AmountSurvey.Prices,
            QuantityScale = AmountSurvey.Quantities,
            Tick = new Price(1),
            Lot = new Quantity(1),
        });
        if (instrument.Id.Index == _surveys.Count)
        {
            _surveys.Add(new AmountSurvey(symbol));
        }

        return instrument;
    }

    public IReadOnlyList<CapturedInstrument> Conclude() => _surveys.Select(survey => survey.Conclude(venue, kind)).ToArray();

    public override void On(in Trade trade) => Of(trade.Instrument).AddTouch(trade.Price, trade.Quantity);

    public override void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) => Book(snapshot.Instrument, bids, asks);

    public override void On(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) => Book(update.Instrument, bids, asks);

    public override void On(in TopOfBook top)
    {
        Of(top.Instrument).AddTouch(top.Bid.Price, top.Bid.Quantity);
        Of(top.Instrument).AddTouch(top.Ask.Price, top.Ask.Quantity);
    }

    public override void On(in OpenInterest openInterest) => Of(openInterest.Instrument).Add(default, openInterest.Quantity);

    /// <summary>The price is an average and keeps to no tick.</summary>
    public override void On(in Liquidation liquidation) => Of(liquidation.Instrument).Add(default, liquidation.Quantity);

    private void Book(InstrumentId instrument, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        var survey = Of(instrument);
        survey.HasBook = true;
        survey.Add(bids);
        survey.Add(asks);
    }

    private AmountSurvey Of(InstrumentId instrument) => _surveys[instrument.Index];
}
