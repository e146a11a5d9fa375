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
    private readonly Func<IReadOnlyList<Instrument>, CancellationToken, Task> _listed;
    private readonly MarketLoop _loop;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ListingDoubt _doubt;
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
    /// <param name="listed">Called when instruments have been added to the catalog or changed there, with those that changed, before their feeds start.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="log">Takes what happens.</param>
    /// <param name="notes">Writes down what was missed; null for nobody.</param>
    public FollowedVenue(
        KnownVenue known,
        VenueOptions options,
        InstrumentCatalog catalog,
        MarketLoop loop,
        Func<IReadOnlyList<Instrument>, CancellationToken, Task> listed,
        TimeProvider time,
        ILogger log,
        TradeNotes? notes = null)
    {
        (_options, _catalog, _listed, _loop, _time, _log) = (options, catalog, listed, loop, time, log);
        _doubt = new ListingDoubt(time);
        Venue = known.Create(options.Addresses);
        Rest = new RestClient(options.Addresses.Rest, Venue.Rules, time);
        _trades = new TradeKeeper(Id, Data, Rest, loop, catalog, time, log, notes);
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

    /// <summary>What the venue said of its instruments may be out of date: it is asked again soon. Never waits.</summary>
    public void DoubtListing() => _doubt.Raise();

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

                await _doubt.WaitAsync(unlisted.Count > 0 ? AskAgainForUnlisted : ListAgain, _ending.Token);
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

    private async Task<IReadOnlyList<string>> FollowAsync(IReadOnlyList<InstrumentListing> told)
    {
        var changes = told.Select(_catalog.Relist).OfType<(Instrument Before, Instrument Now)>().ToArray();
        var listings = told.Select(_catalog.InScales).ToArray();
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
            Instruments = [.. _state.Instruments.Select(Latest), .. fresh],
            Unlisted = unlisted,
        });
        if (fresh.Length > 0 || changes.Length > 0)
        {
            await _listed([.. changes.Where(IsSame).Select(change => change.Now)], _ending.Token);
            await RelistAsync(changes);
        }

        if (fresh.Length > 0)
        {
            Connections.Open(Venue.Plan(fresh));
        }

        return unlisted;
    }

    /// <summary>
    /// Those whose amounts are counted in finer units than before have become others: their books begin anew, and the old ones say that they are over.
    /// </summary>
    private async Task RelistAsync((Instrument Before, Instrument Now)[] changes)
    {
        foreach (var (before, now) in changes)
        {
            LogRelisted(now.ToString(), Steps(before), Steps(now));
        }

        var gone = changes.Where(change => !IsSame(change)).ToArray();
        if (gone.Length == 0)
        {
            return;
        }

        await Connections.ReplaceAsync(
            gone.Select(change => change.Before.Id).ToHashSet(), moved => Venue.Plan([.. moved.Select(id => Latest(_catalog[id])).Distinct()]));
        var batch = _loop.Rent();
        foreach (var change in gone)
        {
            batch.On(new VenueStatus(change.Before.Id, BookState.Disabled, StatusReasons.Relisted, default, Timestamp.From(_time.GetUtcNow())));
        }

        await _loop.EnqueueAsync(batch, _ending.Token);
    }

    private Instrument Latest(Instrument instrument) =>
        _catalog.TryFind(instrument.Venue, instrument.Symbol, out var latest) ? latest : instrument;

    private static bool IsSame((Instrument Before, Instrument Now) change) => change.Before.Id == change.Now.Id;

    private static string Steps(Instrument instrument) =>
        $"{instrument.PriceScale.Format(instrument.Listing.Tick.Units)} and {instrument.QuantityScale.Format(instrument.Listing.Lot.Units)}";

    [LoggerMessage(LogLevel.Warning, "{Instrument} has another tick and lot now: {Before} became {Now}.")]
    private partial void LogRelisted(string instrument, string before, string now);

    [LoggerMessage(LogLevel.Warning, "{Venue} does not list {Symbols}; it is asked again every ten minutes.")]
    private partial void LogUnlisted(string venue, string symbols);

    [LoggerMessage(LogLevel.Warning, "{Venue} gives no instruments, and is asked again: {Why}")]
    private partial void LogNotListed(string venue, string why);

    [LoggerMessage(LogLevel.Error, "Reading the instruments of {Venue} failed in our own code.")]
    private partial void LogFault(Exception fault, string venue);

    [LoggerMessage(LogLevel.Debug, "{Venue} is no longer asked.")]
    private partial void LogEnded(string venue);
}
