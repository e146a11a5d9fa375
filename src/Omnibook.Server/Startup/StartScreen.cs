using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Omnibook.Core.Books;
using Omnibook.Core.Instruments;
using Omnibook.History;
using Omnibook.Server.Hosting;
using Omnibook.Server.Pipeline;
using Omnibook.Venues.Feed;
using Spectre.Console;

namespace Omnibook.Server.Startup;

/// <summary>
/// Prints one screen once the server listens: what runs where, how the venues are, where data lies. It waits a moment for the venues, so
/// that the states that it shows mean something. Without a terminal it is plain text.
/// </summary>
internal sealed class StartScreen(
    ServerPlan plan,
    ServerState state,
    VenueFeeds feeds,
    MarketLoop loop,
    IServer server,
    IServiceProvider services,
    IHostApplicationLifetime lifetime,
    TimeProvider time) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private CancellationTokenRegistration _started;
    private Task _printing = Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _started = lifetime.ApplicationStarted.Register(() => _printing = Task.Run(PrintAsync, CancellationToken.None));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _started.DisposeAsync();
        await _printing;
    }

    private async Task PrintAsync()
    {
        try
        {
            await SettleAsync(lifetime.ApplicationStopping);
            var live = await loop.ReadAsync(market => LiveBooks(market, feeds.States), lifetime.ApplicationStopping);
            Write(Screen.Create(plan.Replay is { Json: true }), live);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Stopped before there was anything to show.
            return;
        }
    }

    /// <summary>Waits until every venue is either followed with every book live, or known to be unreachable, or for a moment.</summary>
    private async Task SettleAsync(CancellationToken stopping)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Step)
        {
            var states = feeds.States;
            var live = await loop.ReadAsync(market => LiveBooks(market, states), stopping);
            if (states.All(venue => venue.Until is not null || IsSettled(venue, live[venue.Id])))
            {
                return;
            }

            await Task.Delay(Step, time, stopping);
        }
    }

    private static bool IsSettled(VenueState venue, int live) =>
        live == venue.Symbols.Count - venue.Unlisted.Count && (venue.News is null || venue.Feeds.All(feed => feed.State == FeedState.Connected));

    private static Dictionary<VenueId, int> LiveBooks(Core.Market market, IReadOnlyList<VenueState> states) =>
        states.ToDictionary(venue => venue.Id, venue => venue.Instruments.Count(instrument => market.BookOf(instrument.Id).IsLive));

    private void Write(IAnsiConsole console, Dictionary<VenueId, int> live)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]Omnibook {ServerState.Version}[/]  every venue, one book");
        WriteMode(console);
        console.WriteLine();
        foreach (var address in server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        {
            console.MarkupLineInterpolated($"  Serving   {address}");
        }

        WriteVenues(console, live);
        WriteStore(console);
        console.MarkupLineInterpolated($"  Hint      {Hint()}");
        console.WriteLine();
    }

    private void WriteMode(IAnsiConsole console)
    {
        if (plan.Mode == RunMode.Demo)
        {
            console.MarkupLineInterpolated($"[black on yellow] DEMO [/] Every price is invented by simulators in this process (seed {plan.Seed}). Nothing leaves this machine.");
        }
        else if (plan.Mode == RunMode.Replay)
        {
            console.MarkupLine("[black on yellow] REPLAY [/] Every price was recorded earlier. Nothing here is live.");
        }

        if (plan.Options.Access.IsOpenOnPurpose)
        {
            console.MarkupLineInterpolated($"[black on yellow] OPEN [/] Other machines can connect and need no key: HOST is {plan.Options.Listen.Address}, INSECURE_PUBLIC is true. Put a firewall or a proxy before it.");
        }
        else if (plan.Options.Access.KeysRequired)
        {
            console.MarkupLineInterpolated($"[bold] KEYS [/] Every request needs a key: omnibook keys add makes one.");
        }
    }

    private void WriteVenues(IAnsiConsole console, Dictionary<VenueId, int> live)
    {
        var title = "Venues";
        foreach (var venue in feeds.States)
        {
            console.MarkupLineInterpolated($"  {title,-9} {venue.Id.Key,-20} {Describe(venue, live[venue.Id])}");
            title = "";
        }

        if (state.Simulator is { } simulator)
        {
            console.MarkupLineInterpolated($"  {"Control",-9} {simulator.Control} (faults, true books)");
        }
    }

    private static string Describe(VenueState venue, int live)
    {
        var expected = venue.Symbols.Count;
        var where = venue.Addresses.Rest.Host;
        var unlisted = venue.Unlisted.Count == 0 ? "" : $"; not listed: {string.Join(", ", venue.Unlisted)}";
        if (expected == 0 && venue.News is not null)
        {
            var closed = venue.Feeds.FirstOrDefault(feed => feed.State != FeedState.Connected);
            return closed is null ? $"connected, news ({where})" : $"{closed.State.ToString().ToLowerInvariant()}, news ({where}) {closed.Reason}".TrimEnd();
        }

        return venue.Listing is { } listing ? $"{listing.ToString().ToLowerInvariant()}: {venue.Reason}"
            : expected == 0 ? $"ready, followed when asked for ({where})"
            : live == expected ? $"live, {live} of {expected} books ({where})"
            : $"{nameof(BookState.Connecting).ToLowerInvariant()}, {live} of {expected} books live ({where}){unlisted}";
    }

    private void WriteStore(IAnsiConsole console)
    {
        var store = services.GetRequiredService<PriceSnapshotStore>();
        var free = new DriveInfo(Path.GetDirectoryName(store.Path)!).AvailableFreeSpace / (1024 * 1024 * 1024);
        console.MarkupLineInterpolated($"  {"Data",-9} {store.Path} ({free} GB free, SQLite {store.SqliteVersion})");
        if (store.Quarantined is { } aside)
        {
            console.MarkupLineInterpolated($"[yellow]            The file was damaged and put aside as {aside}[/]");
        }
    }

    private string Hint() => plan.Mode switch
    {
        RunMode.Demo => "Drop --demo to follow the real venues. Ctrl-C stops.",
        RunMode.Replay => "The books stay as the recording left them. Ctrl-C stops.",
        _ => "No internet here? Try: omnibook --demo. Ctrl-C stops.",
    };
}
