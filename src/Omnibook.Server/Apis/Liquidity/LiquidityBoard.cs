using Omnibook.Core;
using Omnibook.Core.Consolidation;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Liquidity;
using Omnibook.Core.Routing;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Liquidity;

/// <summary>All symbols, and what measures them and routes in them. Measuring and routing are for the market's thread only.</summary>
internal sealed class LiquidityBoard
{
    private readonly LiquiditySettings _settings;
    private readonly InstrumentCatalog _catalog;
    private LiquidityMeter? _meter;
    private Router? _router;
    private bool _isRateKnown;

    /// <summary>Nothing was measured yet.</summary>
    public LiquidityBoard(LiquiditySettings settings, InstrumentCatalog catalog, StreamCounters counters)
        : this(settings, catalog, counters, MetricWindow.UsualBps)
    {
    }

    /// <summary>One that measures a window although nobody follows its topic.</summary>
    public LiquidityBoard(LiquiditySettings settings, InstrumentCatalog catalog, StreamCounters counters, int windowBps)
    {
        (_settings, _catalog) = (settings, catalog);
        Symbols = [.. settings.Symbols.Select(plan => new ServedSymbol(plan, settings, counters) { AskedWindow = windowBps })];
    }

    /// <summary>Every symbol, the default first.</summary>
    public IReadOnlyList<ServedSymbol> Symbols { get; }

    /// <summary>How many clients follow any of them.</summary>
    public int Clients => Symbols.Sum(symbol => symbol.Heartbeats.Followers);

    /// <summary>A symbol by its name in any letter case; the default for none. Null for one that is not served.</summary>
    public ServedSymbol? Find(string? name) => name is null
        ? Symbols.Count > 0 ? Symbols[0] : null
        : Symbols.FirstOrDefault(symbol => string.Equals(symbol.Plan.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Measures every symbol, and moves its status on.</summary>
    public bool Measure(Market market) => Measure(market, everyWindow: false);

    /// <summary>The same; if need be with the windows that nobody follows.</summary>
    public bool Measure(Market market, bool everyWindow)
    {
        Prepare(market);
        foreach (var symbol in Symbols)
        {
            symbol.Reading = Measure(market, symbol, everyWindow);
        }

        return true;
    }

    /// <summary>What the statuses of all symbols know, so that others can go on exactly as they would.</summary>
    public IReadOnlyList<long> CaptureStatuses() =>
        [.. Symbols.SelectMany(symbol => symbol.Clock.State is var state ? (long[])[(long)state.Status, state.WasStale ? 1 : 0, state.AllStaleSince.Nanoseconds] : [])];

    /// <summary>Makes the status of a symbol what it was.</summary>
    /// <param name="captured">What was captured.</param>
    /// <param name="index">Which of the symbols it was then.</param>
    /// <param name="symbol">Which it is now.</param>
    public static void RestoreStatus(IReadOnlyList<long> captured, int index, ServedSymbol symbol)
    {
        if (captured.Count >= 3 * (index + 1))
        {
            symbol.Clock.State = new LiquidityClockState(
                (LiquidityStatus)captured[3 * index], captured[(3 * index) + 1] == 1, new Timestamp(captured[(3 * index) + 2]));
        }
    }

    /// <summary>Routes in the books of now. The result is valid until the next call, on this thread.</summary>
    /// <param name="market">The market.</param>
    /// <param name="symbol">Where.</param>
    /// <param name="order">What is wanted.</param>
    /// <param name="fees">The fees.</param>
    /// <param name="result">Every way.</param>
    /// <returns>The router, for the fills of a way; null when no book can be used.</returns>
    public Router? Route(Market market, ServedSymbol symbol, RouteOrder order, FeeSchedule fees, out RouteResult? result)
    {
        Prepare(market);
        result = market.TryGetConsolidated(symbol.Plan.Composite, out var book) ? _router!.Route(book, order, fees, market.Now) : null;
        return result?.Mid is null ? null : _router;
    }

    private SymbolReading Measure(Market market, ServedSymbol symbol, bool everyWindow)
    {
        var known = market.TryGetConsolidated(symbol.Plan.Composite, out var book);
        var usual = known ? _meter!.Measure(book!, MetricWindow.UsualBps, market.Now) : null;
        symbol.Clock.Observe(usual?.Venues ?? [], symbol.Plan.Members.Count, market.Now);
        return new SymbolReading(
            market.Now,
            symbol.Clock.Status,
            [.. symbol.Plan.Members.Select(member => Find(market, member, usual))],
            usual is not null && symbol.Clock.HasMetrics ? Windows(symbol, book!, usual, market.Now, everyWindow) : []);
    }

    private static MemberLiquidity Find(Market market, PlannedMember member, LiquidityMetrics? metrics)
    {
        var venue = metrics?.Venues.FirstOrDefault(venue => member.Is(venue.Instrument));
        return new MemberLiquidity(member, venue, venue is null ? 0 : market.BookOf(venue.Instrument.Id).KeptUpdates);
    }

    private List<LiquidityMetrics> Windows(ServedSymbol symbol, ConsolidatedBook book, LiquidityMetrics usual, Timestamp now, bool every)
    {
        var windows = new List<LiquidityMetrics> { usual };
        foreach (var (bps, topic) in symbol.Metrics)
        {
            if (bps != MetricWindow.UsualBps && (every || topic.Followers > 0 || symbol.AskedWindow == bps))
            {
                windows.Add(_meter!.Measure(book, bps, now));
            }
        }

        return windows;
    }

    /// <summary>The book of the rate may be listed later than the others; until then who needs the rate is not counted.</summary>
    private void Prepare(Market market)
    {
        if (_meter is not null && _isRateKnown)
        {
            return;
        }

        var conversion = QuoteConversion.None;
        _isRateKnown = true;
        if (_settings.TetherBook is { } name)
        {
            _isRateKnown = _catalog.TryFind(name.Venue, name.Symbol, out var instrument);
            conversion = _isRateKnown ? QuoteConversion.By(market.BookOf(instrument!.Id)) : QuoteConversion.Pending("USDT");
        }

        _meter = new LiquidityMeter { Rules = _settings.Rules, Conversion = conversion };
        _router = new Router(new RouterOptions { Rules = _settings.Rules, Conversion = conversion });
    }
}
