using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Configuration;
using Omnibook.Server.Pipeline.Trades;
using Omnibook.Venues;
using Omnibook.Venues.Data;
using Omnibook.Venues.Feed;

namespace Omnibook.Server.Pipeline;

/// <summary>
/// One venue of the configuration: asks it for its instruments until it answers, plans its connections, and runs a feed for each.
/// Whatever happens to it happens to no other venue.
/// </summary>
internal sealed partial class FollowedVenue : IAsyncDisposable
{
    /// <summary>A symbol that the venue does not list may be listed later.</summary>
    private static readonly TimeSpan AskAgainForUnlisted = TimeSpan.FromMinutes(10);

    /// <summary>Venues list and delist some instruments a day.</summary>
    private static readonly TimeSpan ListAgain = TimeSpan.FromHours(1);

    private readonly VenueOptions _options;
    private readonly InstrumentCatalog _catalog;
    private readonly Func<CancellationToken, Task> _listed;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _ending = new();
    private readonly TradeKeeper _trades;
    private NewsPoll? _news;
    private InstrumentDirectory? _directory;
    private VenueState _state;
    private Task? _running;

    /// <summary>A venue that nothing was asked of yet.</summary>
    /// <param name="known">What we know of the venue.</param>
    /// <param name="options">What is configured of it.</param>
    /// <param name="catalog">Takes its instruments.</param>
    /// <param name="loop">Takes its events.</param>
    /// <param name="listed">Called when instruments have been added to the catalog, before their feeds start.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="log">Takes what happens.</param>
    public FollowedVenue(
        KnownVenue known,
        VenueOptions options,
        InstrumentCatalog catalog,
        MarketLoop loop,
        Func<CancellationToken, Task> listed,
        TimeProvider time,
        ILogger log)
    {
        (_options, _catalog, _listed, _time, _log) = (options, catalog, listed, time, log);
        Venue = known.Create(options.Addresses);
        Rest = new RestClient(options.Addresses.Rest, Venue.Rules, time);
        _trades = new TradeKeeper(Id, Data, Rest, loop, catalog, time, log);
        Connections = new VenueConnections(Venue, Rest, options.Feed, loop, time, log) { Trades = _trades };
        _state = new VenueState
        {
            Id = options.Id,
            Addresses = options.Addresses,
            Listing = options.Symbols.Count > 0 ? BookState.Connecting : null,
            Reason = options.Symbols.Count > 0 ? StatusReasons.Starting : "",
            Since = time.GetUtcNow(),
            Symbols = options.Symbols,
        };
    }

    /// <summary>The venue's key.</summary>
    public VenueId Id => _options.Id;

    /// <summary>What we know of the venue.</summary>
    public IVenue Venue { get; }

    /// <summary>What is configured to be followed, in the venue's spelling.</summary>
    public IReadOnlyList<string> Symbols => _options.Symbols;

    /// <summary>The venue's open connections.</summary>
    public VenueConnections Connections { get; }

    /// <summary>The venue's REST host, with the one budget that everybody shares who asks it.</summary>
    public RestClient Rest { get; }

    /// <summary>What the venue answers when asked.</summary>
    public VenueData Data => Venue.Data;

    /// <summary>Every instrument that the venue lists, followed or not, by any common spelling; null until it has told.</summary>
    public InstrumentDirectory? Directory => Volatile.Read(ref _directory);

    /// <summary>How the venue is doing.</summary>
    public VenueState State => Volatile.Read(ref _state) with { Feeds = Connections.Statuses, News = _news?.Status, Trades = _trades.Report };

    /// <summary>Begins, in the background.</summary>
    public void Start()
    {
        _news ??= Venue.News is { } news ? Connections.OpenNews(news) : null;
        _running ??= _options.Symbols.Count > 0 ? Task.Run(RunAsync) : Task.CompletedTask;
    }

    /// <summary>Closes every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        if (_running is not null)
        {
            await _running;
        }

        if (_news is not null)
        {
            await _news.DisposeAsync();
        }

        await Connections.DisposeAsync();
        await _trades.DisposeAsync();
        Rest.Dispose();
        _ending.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var unlisted = await ListAsync();
                if (unlisted.Count > 0)
                {
                    LogUnlisted(Id.Key, string.Join(", ", unlisted));
                }

                await Task.Delay(unlisted.Count > 0 ? AskAgainForUnlisted : ListAgain, _time, _ending.Token);
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            LogEnded(Id.Key);
        }
    }

    /// <summary>Asks until the venue answers, and follows what is new.</summary>
    /// <returns>The configured symbols that the venue does not list.</returns>
    private async Task<IReadOnlyList<string>> ListAsync()
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                return await FollowAsync(await Venue.ListInstrumentsAsync(Rest, _ending.Token));
            }
            catch (VenueRequestException failure)
            {
                await WaitAsync(InstrumentListingFailure.Of(failure, failures, _time.GetUtcNow()), failures);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogFault(fault, Id.Key);
                await WaitAsync(new InstrumentListingFailure(BookState.Connecting, $"our own code failed: {fault.Message}", AskAgainForUnlisted), failures);
            }
        }
    }

    private async Task WaitAsync(InstrumentListingFailure failure, int failuresBefore)
    {
        if (failuresBefore == 0)
        {
            LogNotListed(Id.Key, failure.Reason);
        }

        var now = _time.GetUtcNow();
        if (_directory is null)
        {
            Volatile.Write(ref _state, _state with
            {
                Listing = failure.State,
                Reason = failure.Reason,
                Since = failuresBefore == 0 ? now : _state.Since,
                Until = now + failure.Wait,
            });
        }

        await Task.Delay(failure.Wait, _time, _ending.Token);
    }

    private async Task<IReadOnlyList<string>> FollowAsync(IReadOnlyList<InstrumentListing> listings)
    {
        Volatile.Write(ref _directory, new InstrumentDirectory(listings, Venue.Spelling));
        var bySymbol = listings.Where(listing => listing.Status != InstrumentStatus.Delisted)
            .GroupBy(listing => listing.Symbol, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var followed = _state.Instruments.Select(instrument => instrument.Symbol);
        var fresh = _options.Symbols.Except(followed, StringComparer.Ordinal).Where(bySymbol.ContainsKey)
            .Select(symbol => _catalog.Register(bySymbol[symbol])).ToArray();
        var unlisted = _options.Symbols.Where(symbol => !bySymbol.ContainsKey(symbol)).ToArray();
        Volatile.Write(ref _state, _state with
        {
            Listing = null,
            Reason = "",
            Since = _time.GetUtcNow(),
            Until = null,
            Instruments = [.. _state.Instruments, .. fresh],
            Unlisted = unlisted,
        });
        if (fresh.Length > 0)
        {
            await _listed(_ending.Token);
            Connections.Open(Venue.Plan(fresh));
        }

        return unlisted;
    }

    [LoggerMessage(LogLevel.Warning, "{Venue} does not list {Symbols}; it is asked again every ten minutes.")]
    private partial void LogUnlisted(string venue, string symbols);

    [LoggerMessage(LogLevel.Warning, "{Venue} gives no instruments, and is asked again: {Why}")]
    private partial void LogNotListed(string venue, string why);

    [LoggerMessage(LogLevel.Error, "Reading the instruments of {Venue} failed in our own code.")]
    private partial void LogFault(Exception fault, string venue);

    [LoggerMessage(LogLevel.Debug, "{Venue} is no longer asked.")]
    private partial void LogEnded(string venue);
}
