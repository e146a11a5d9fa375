using Omnibook.Core.Books;
using Omnibook.Simulator.Faults;

namespace Omnibook.Tests.Campaigns;

/// <summary>
/// Every fault that the simulators know, against the whole way from the sockets to the consolidated book: what is shown while it lasts,
/// that no book that says Live ever differs from the venue's, and that all is live again once it is over. One class for each way of
/// keeping a book, so that they run side by side.
/// </summary>
public abstract class FaultCampaign(SimulatedWorld world) : IClassFixture<SimulatedWorld>
{
    private protected SimulatedWorld World => world;

    /// <summary>Injects a fault. One without a state must leave every book live.</summary>
    private protected async Task TryAsync(string name, FaultRequest fault, BookState? state, string? reason)
    {
        await world.WhenAllLiveAsync();
        world.Witness.Forget();

        world.Inject(fault);
        if (state is { } expected)
        {
            await world.WhenShownAsync(
                shown => shown.Instrument.Venue.Key == fault.Venue && shown.Status.State == expected && (reason is null || shown.Status.Reason == reason),
                $"{expected} {reason} for {name}");
        }

        await world.WhenComparedAsync(50);
        world.Simulator.ClearFaults();
        var over = TimeProvider.System.GetTimestamp();
        await world.WhenAllLiveAsync();
        TestContext.Current.SendDiagnosticMessage(
            $"{name}: live again {TimeProvider.System.GetElapsedTime(over).TotalMilliseconds:0} ms after the end; shown: {world.Witness.Story()}");

        // Enough good messages for every book to forget its failures, so that the next fault meets a book without a past.
        await world.WhenComparedAsync(100);
        world.Witness.AssertTruth();
    }

    private protected static FaultRequest On(string venue, string fault) => new() { Venue = venue, Fault = fault };
}
