using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;
using Omnibook.Venues;

namespace Omnibook.Server.Audit;

/// <summary>
/// Compares every live book with its venue from time to time: a level can be wrong while every sequence number is right, and nothing else
/// would ever tell. Each venue is audited by itself, slowly, and only with what it leaves of its request budget.
/// </summary>
internal sealed partial class BookAudit : IMarketListener, IAsyncDisposable
{
    private readonly AuditOptions _options;
    private readonly MarketLoop _loop;
    private readonly InstrumentCatalog _catalog;
    private readonly TimeProvider _time;
    private readonly ILogger<BookAudit> _log;
    private readonly CancellationTokenSource _ending = new();
    private Task? _running = Task.CompletedTask;

    /// <summary>Audits nothing before <see cref="Start"/>.</summary>
    public BookAudit(AuditOptions options, MarketLoop loop, InstrumentCatalog catalog, TimeProvider time, ILogger<BookAudit> log) =>
        (_options, _loop, _catalog, _time, _log) = (options, loop, catalog, time, log);

    /// <summary>Begins to audit these venues, in the background.</summary>
    public void Start(IEnumerable<FollowedVenue> venues)
    {
        _loop.Subscribe(this);
        _running = Task.WhenAll(venues
            .Where(venue => venue.Venue.Rules.BookCheck != BookCheck.EveryMessage)
            .Select(venue => Task.Run(() => RunAsync(venue), CancellationToken.None)));
    }

    /// <inheritdoc />
    public void OnChanges(Market market, MarketChanges changes)
    {
        foreach (var change in changes.Statuses)
        {
            if (change.Now.Reason == StatusReasons.VerifyMismatch && change.Old.Reason != StatusReasons.VerifyMismatch)
            {
                LogMismatch(_catalog[change.Instrument].ToString());
            }
        }
    }

    /// <summary>Ends what is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _running, null) is { } running)
        {
            await _ending.CancelAsync();
            await running;
            _ending.Dispose();
        }
    }

    private async Task RunAsync(FollowedVenue venue)
    {
        var rota = new AuditRota(_options, venue.Venue.Rules.BookCheck == BookCheck.RestSnapshot);
        var source = SnapshotSource.Of(venue, _options.Patience, _time);
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(_options.Pace, _time, _ending.Token);
                if (source.HasRoom(_options.BudgetShare) && await NextAsync(venue, rota) is { } instrument)
                {
                    await AuditAsync(source, instrument);
                }
            }
            catch (OperationCanceledException) when (_ending.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                LogFault(fault, venue.Id.Key);
            }
        }
    }

    private Task<Instrument?> NextAsync(FollowedVenue venue, AuditRota rota)
    {
        // What is followed because somebody asked is in the catalog too; what is followed no more is not live.
        Instrument[] instruments = [.. _catalog.Instruments.Where(instrument => instrument.Venue == venue.Id)];
        return _loop.ReadAsync(market => rota.Next(market, instruments), _ending.Token);
    }

    private async Task AuditAsync(SnapshotSource source, Instrument instrument)
    {
        var isBegun = !source.Compares || await _loop.CommandAsync(new BeginComparisonCommand(instrument.Id), _ending.Token);
        if (!isBegun)
        {
            return;
        }

        var isCompared = false;
        try
        {
            if (await source.FetchAsync(instrument, _ending.Token) is { } batch)
            {
                isCompared = await _loop.CommandAsync(new CompareCommand(batch, source.IsWhole), _ending.Token);
            }
        }
        catch (VenueRequestException failure)
        {
            LogUnavailable(instrument.ToString(), failure.Message);
        }
        finally
        {
            // However it failed: a comparison that nobody feeds would keep updates until it is full.
            if (source.Compares && !isCompared && !_ending.IsCancellationRequested)
            {
                await _loop.CommandAsync(new EndComparisonCommand(instrument.Id), _ending.Token);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Book} said live and differed from the venue's book when it was compared; it is fetched anew.")]
    private partial void LogMismatch(string book);

    [LoggerMessage(LogLevel.Debug, "{Book} could not be compared: {Why}")]
    private partial void LogUnavailable(string book, string why);

    [LoggerMessage(LogLevel.Error, "The audit of {Venue} failed in our own code and goes on.")]
    private partial void LogFault(Exception fault, string venue);
}
