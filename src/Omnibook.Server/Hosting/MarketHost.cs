using Omnibook.History;
using Omnibook.Server.Audit;
using Omnibook.Server.Commands;
using Omnibook.Server.Configuration;
using Omnibook.Server.History;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Trading;
using Omnibook.Simulator;
using Omnibook.Venues;

namespace Omnibook.Server.Hosting;

/// <summary>
/// Starts the market in order (folder, store, journal, loop, simulators or none, feeds, recorder) and stops it in the opposite order, so that
/// whatever was received is applied, and whatever was applied is stored.
/// </summary>
internal sealed partial class MarketHost(
    IServiceProvider services, ServerPlan plan, ServerState state, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<MarketHost> log)
    : IHostedService
{
    private MarketLoop? _loop;
    private MarketClock? _clock;
    private VenueFeeds? _feeds;
    private MarketDemand? _demand;
    private BookAudit? _audit;
    private SnapshotRecorder? _recorder;
    private PriceSnapshotStore? _store;
    private ServerHistory? _history;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var remark in plan.Options.Remarks)
        {
            LogRemark(remark);
        }

        _store = services.GetRequiredService<PriceSnapshotStore>();
        _history = services.GetRequiredService<ServerHistory>();
        _loop = services.GetRequiredService<MarketLoop>();
        _history.Join(_loop);
        _loop.Start();
        _ = _loop.Completion.ContinueWith(OnLoopEnded, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        if (plan.Mode == RunMode.Replay)
        {
            return;
        }

        _recorder = services.GetRequiredService<SnapshotRecorder>();
        _demand = services.GetRequiredService<MarketDemand>();
        _loop.Subscribe(_recorder);
        _loop.Subscribe(services.GetRequiredService<CandleClosing>());
        _clock = services.GetRequiredService<MarketClock>();
        _clock.Start();
        _feeds = services.GetRequiredService<VenueFeeds>();
        _history.Join(_feeds);
        await StartFeedsAsync(_feeds, cancellationToken);
        _audit = services.GetRequiredService<BookAudit>();
        _audit.Start(_feeds.Venues);
    }

    /// <summary>Simulators ban nobody for longer than they live.</summary>
    private async Task StartFeedsAsync(VenueFeeds feeds, CancellationToken cancellationToken)
    {
        if (plan.Mode == RunMode.Demo)
        {
            feeds.Start(await SimulateAsync(cancellationToken));
            return;
        }

        var bans = services.GetRequiredService<RestBans>();
        feeds.Start(venue => venue.Addresses, venue => bans.Until(venue.Key));
        bans.Watch(feeds);
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync(_demand);
        await DisposeAsync(_audit);
        await DisposeAsync(_feeds);
        _clock?.Dispose();
        await DisposeAsync(state.Simulator);
        await DisposeAsync(_loop);
        await DisposeAsync(_history);
        await DisposeAsync(_recorder);
        await DisposeAsync(_store);
    }

    private static ValueTask DisposeAsync(IAsyncDisposable? part) => part?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>In the demo every venue is a simulator; one that cannot be simulated is left out, since nothing may leave the machine.</summary>
    private async Task<Func<VenueOptions, VenueAddresses?>> SimulateAsync(CancellationToken cancellationToken)
    {
        var followed = plan.Options.Venues.Select(venue => venue.Id.Key).Intersect(SimulatorHost.VenueKeys, StringComparer.Ordinal);
        var simulator = await SimulatorHost.StartAsync(
            DemoMarkets.Enough(new SimulatorOptions { Seed = plan.Seed, Venues = [.. followed] }, plan.Options.Venues), time, cancellationToken);
        state.Simulator = simulator;
        services.GetRequiredService<TradingIdentity>().FundAt(simulator);
        var addresses = simulator.Venues.ToDictionary(
            venue => venue.Key, venue => new VenueAddresses(venue.Rest, venue.Socket), StringComparer.Ordinal);
        return venue => addresses.GetValueOrDefault(venue.Id.Key);
    }

    private void OnLoopEnded(Task loop)
    {
        if (loop.IsFaulted)
        {
            state.ExitCode = ExitCode.Fault;
            lifetime.StopApplication();
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Remark}")]
    private partial void LogRemark(string remark);
}
