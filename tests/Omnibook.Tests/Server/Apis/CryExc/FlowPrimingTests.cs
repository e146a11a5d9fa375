using Microsoft.Extensions.Logging.Abstractions;
using Omnibook.Core;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.CryExc.Past;
using Omnibook.Server.Pipeline;
using Omnibook.Tests.Core;

namespace Omnibook.Tests.Server.Apis.CryExc;

public sealed class FlowPrimingTests
{
    [Fact]
    public async Task The_past_is_added_once_whoever_asks_at_the_same_time()
    {
        var catalog = new InstrumentCatalog();
        var instrument = catalog.Register(MadeInstruments.Make().Listing);
        await using var loop = new MarketLoop(new Market(catalog, []), catalog, new MarketLoopOptions(), NullLogger<MarketLoop>.Instance);
        loop.Start();
        var archive = new MadeArchive();
        using var priming = new FlowPriming(loop, catalog, archive, TimeProvider.System, NullLogger<FlowPriming>.Instance);

        for (var round = 1; round <= 300; round++)
        {
            var flow = new InstrumentFlow(instrument.Id, new FlowOptions(), 0);
            using var start = new Barrier(4);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait(TestContext.Current.CancellationToken);
                    return priming.PrimeAsync(flow);
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
            Assert.Equal(round, archive.Asked);
        }
    }
}
