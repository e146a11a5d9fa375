using Omnibook.Core.Instruments;
using Omnibook.Server.Commands;
using Omnibook.Server.Hosting;
using Omnibook.Server.Pipeline;
using Omnibook.Venues.Captures;

namespace Omnibook.Server.Replay;

/// <summary>Runs a replay inside the server, so that its books can be watched while and after it runs.</summary>
internal sealed class ReplayHost(
    ServerPlan plan, ServerState state, MarketLoop loop, InstrumentCatalog catalog, TimeProvider time, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (plan.Replay is not { } replay)
        {
            return;
        }

        try
        {
            var run = new CaptureRun(replay.Capture, loop, catalog, time);
            var composites = new CompositeAssembly(plan.Options.Composites, catalog);
            await loop.ReadAsync(market => composites.Apply(market, [], loop.Command), stoppingToken);
            ReplayPrinter.Print(await run.RunAsync(stoppingToken), replay.Json, Console.Out);
        }
        catch (CaptureException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            state.ExitCode = ExitCode.CannotStart;
            lifetime.StopApplication();
        }
    }
}
