using System.Threading.Channels;
using Omnibook.Core;
using Omnibook.Core.Alerts;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;

namespace Omnibook.Server.Alerts;

/// <summary>
/// Looks at the market for every alert, after each burst of events and by the market's own time. It allocates nothing while nothing is told. What
/// is to be told waits in a bounded queue; while that is full an alert stays armed and is told later, and liquidations are counted as lost.
/// </summary>
internal sealed class AlertWatch(InstrumentCatalog catalog) : IMarketListener
{
    private const int QueueCapacity = 4_096;

    /// <summary>Depth is added up over thousands of levels: ten times a second are enough.</summary>
    private static readonly TimeSpan DepthPace = TimeSpan.FromMilliseconds(100);

    /// <summary>How often it is looked whether instruments were listed meanwhile.</summary>
    private static readonly TimeSpan BindPace = TimeSpan.FromSeconds(1);

    private readonly Channel<AlertNotice> _notices = Channel.CreateBounded<AlertNotice>(new BoundedChannelOptions(QueueCapacity) { SingleReader = true });
    private AlertSubject[] _subjects = [];
    private AlertSubject[][] _byInstrument = [];
    private Timestamp _depthsAt;
    private Timestamp _boundAt;
    private long _lost;

    /// <summary>What there is to say, in order.</summary>
    public ChannelReader<AlertNotice> Notices => _notices.Reader;

    /// <summary>How many liquidations were not told because the queue was full.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Watches these alerts from now on. On the market's thread.</summary>
    public void Watch(IReadOnlyCollection<WatchedAlert> alerts)
    {
        _subjects =
        [
            .. alerts.GroupBy(alert => (Symbol: alert.Body.Composite ?? alert.Body.Symbol, IsComposite: alert.Body.Composite is not null))
                .Select(group => new AlertSubject(group.Key.Symbol, group.Key.IsComposite, group)),
        ];
        (_byInstrument, _boundAt) = ([], default);
    }

    /// <inheritdoc />
    public void OnChanges(Market market, MarketChanges changes)
    {
        if (_subjects.Length == 0)
        {
            return;
        }

        Bind(market);
        for (var i = 0; i < changes.Books.Count; i++)
        {
            foreach (var subject in SubjectsOf(changes.Books[i]))
            {
                (subject.IsTopTouched, subject.IsDepthTouched) = (true, true);
            }
        }

        LookAtBooks(market.Now);
        LookAtEvents(market, changes);
    }

    private void Bind(Market market)
    {
        if (!_boundAt.IsUnknown && market.Now >= _boundAt && market.Now - _boundAt < BindPace)
        {
            return;
        }

        _boundAt = market.Now;
        var isChanged = false;
        foreach (var subject in _subjects)
        {
            isChanged |= subject.Bind(market, catalog);
        }

        if (isChanged)
        {
            Index();
        }
    }

    private void Index()
    {
        var index = new List<AlertSubject>[catalog.Instruments.Count];
        foreach (var subject in _subjects)
        {
            foreach (var book in subject.Books)
            {
                (index[book.Instrument.Id.Index] ??= []).Add(subject);
            }
        }

        _byInstrument = [.. index.Select(subjects => subjects?.ToArray() ?? [])];
    }

    private AlertSubject[] SubjectsOf(InstrumentId id) => (uint)id.Index < (uint)_byInstrument.Length ? _byInstrument[id.Index] : [];

    private void LookAtBooks(Timestamp now)
    {
        var areDepthsDue = now < _depthsAt || now - _depthsAt >= DepthPace;
        foreach (var subject in _subjects)
        {
            if (subject.IsTopTouched)
            {
                subject.IsTopTouched = false;
                LookAtTops(subject, now);
            }

            if (areDepthsDue && subject.IsDepthTouched)
            {
                subject.IsDepthTouched = false;
                LookAtDepths(subject, now);
            }
        }

        _depthsAt = areDepthsDue ? now : _depthsAt;
    }

    private void LookAtTops(AlertSubject subject, Timestamp now)
    {
        if (subject.Tops.Length > 0 && AlertReading.TryReadTop(subject.Books, out var middle, out var spread))
        {
            foreach (var alert in subject.Tops)
            {
                Observe(alert, string.Empty, alert.Condition.Kind == AlertKind.Price ? middle : spread, now);
            }
        }
    }

    private void LookAtDepths(AlertSubject subject, Timestamp now)
    {
        var (window, inQuote, isKnown, bids, asks) = (0, false, false, 0m, 0m);
        foreach (var alert in subject.Depths)
        {
            var condition = alert.Condition;
            if (window != condition.WindowBps || inQuote != condition.InQuote)
            {
                (window, inQuote) = (condition.WindowBps, condition.InQuote);
                isKnown = AlertReading.TryReadDepth(subject.Books, window, inQuote, out bids, out asks);
            }

            if (isKnown)
            {
                var all = bids + asks;
                Observe(alert, string.Empty, condition.Kind == AlertKind.Depth ? all : all > 0 ? (bids - asks) / all : 0, now);
            }
        }
    }

    private void LookAtEvents(Market market, MarketChanges changes)
    {
        for (var i = 0; i < changes.Fundings.Count; i++)
        {
            var funding = changes.Fundings[i];
            foreach (var subject in SubjectsOf(funding.Instrument))
            {
                ObserveAll(subject.Fundings, funding.Instrument, DerivedScales.Rate.ToDecimal(funding.RateUnits), market.Now);
            }
        }

        for (var i = 0; i < changes.Liquidations.Count; i++)
        {
            var liquidation = changes.Liquidations[i];
            var worth = AlertReading.Worth(catalog[liquidation.Instrument], liquidation.Price, liquidation.Quantity);
            foreach (var subject in SubjectsOf(liquidation.Instrument))
            {
                ObserveAll(subject.Liquidations, liquidation.Instrument, worth, market.Now, liquidation.OrderSide == TakerSide.Buy ? "buy" : "sell");
            }
        }

        for (var i = 0; i < changes.Statuses.Count; i++)
        {
            LookAt(changes.Statuses[i], market.Now);
        }
    }

    /// <summary>Only the way into and out of live is news: while the server starts, every book goes through states that are none.</summary>
    private void LookAt(in BookStatusChange change, Timestamp now)
    {
        var (wasLive, isLive) = (change.Old.State == BookState.Live, change.Now.State == BookState.Live);
        if (wasLive != isLive)
        {
            foreach (var subject in SubjectsOf(change.Instrument))
            {
                ObserveAll(subject.States, change.Instrument, isLive ? 1 : 0, now, change.Now.Reason);
            }
        }
    }

    private void ObserveAll(WatchedAlert[] alerts, InstrumentId id, decimal value, Timestamp now, string detail = "")
    {
        foreach (var alert in alerts)
        {
            // The text of an instrument is made anew each time: events of these kinds are rare.
            Observe(alert, catalog[id].ToString(), value, now, detail);
        }
    }

    private void Observe(WatchedAlert alert, string part, decimal value, Timestamp now, string detail = "")
    {
        var trigger = alert.TriggerOf(part);
        var outcome = trigger.Observe(alert.Condition, value, now);
        if (outcome == AlertOutcome.None)
        {
            return;
        }

        if (_notices.Writer.TryWrite(new AlertNotice(alert, part, trigger, value, now, outcome, detail)))
        {
            alert.Set(part, trigger);
        }
        else if (alert.Condition.IsOfEvents)
        {
            Interlocked.Increment(ref _lost);
        }
    }
}
