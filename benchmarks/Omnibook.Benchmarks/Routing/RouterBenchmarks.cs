using BenchmarkDotNet.Attributes;
using Omnibook.Core.Consolidation;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Liquidity;
using Omnibook.Core.Routing;

namespace Omnibook.Benchmarks.Routing;

/// <summary>One order, all its ways: each venue alone and all merged, from live books of 6 × 1,000 levels a side. Bar: 50 µs and 0 B.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class RouterBenchmarks
{
    private readonly ConsolidatedBook _book = MadeComposite.Build();
    private readonly Router _router = new(new RouterOptions());
    private readonly FeeSchedule _fees = new();
    private readonly LiquidityMeter _meter = new();

    /// <summary>How much of one venue's side the order is worth, in percent: at 100 every venue is walked to its end.</summary>
    [Params(1, 10, 100)]
    public int PercentOfVenue { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        for (var venue = 0; venue < MadeComposite.Venues; venue++)
        {
            _fees[new VenueId($"venue{venue}")] = new VenueFees(venue * 0.25m, 0);
        }
    }

    [Benchmark]
    public decimal? ByNotional() => Route(RouteMeasure.Notional, 31_000_000m);

    [Benchmark]
    public decimal? BySize() => Route(RouteMeasure.Size, 500m);

    /// <summary>The metrics of a window, for comparison.</summary>
    [Benchmark]
    public decimal? Metrics() => _meter.Measure(_book, 50, MadeComposite.Now).Mid;

    private decimal? Route(RouteMeasure measure, decimal venue)
    {
        var order = new RouteOrder { Side = TakerSide.Buy, Measure = measure, Amount = venue * PercentOfVenue / 100 };
        return _router.Route(_book, order, _fees, MadeComposite.Now).Best.CostBps;
    }
}
