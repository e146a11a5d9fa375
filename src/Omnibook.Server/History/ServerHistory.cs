using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Trades;
using Omnibook.History.Journal;
using Omnibook.History.Segments;
using Omnibook.Server.Hosting;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Pipeline.Trades;

namespace Omnibook.Server.History;

/// <summary>
/// What the server keeps of what happened: the journal, and the raw frames if they are asked for. A replay keeps nothing, and neither does a server
/// that is told not to.
/// </summary>
internal sealed partial class ServerHistory : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly ILogger<ServerHistory> _log;
    private readonly JournalCheck? _check;
    private readonly JournalWatch? _watch;
    private readonly RawFrames? _frames;
    private bool _isClosed;

    private ServerHistory(MarketJournal? journal, JournalOptions options, RawFrames? frames, TimeProvider time, ILogger<ServerHistory> log)
    {
        (Journal, _frames, _time, _log) = (journal, frames, time, log);
        if (journal is not null)
        {
            BookDepth = options.BookDepth;
            _check = new JournalCheck(journal, log);
            _watch = new JournalWatch(journal, time, log);
        }
    }

    /// <summary>What the market accepted; null when nothing is kept.</summary>
    public MarketJournal? Journal { get; }

    /// <summary>How many levels of each side of a book are kept at every full minute.</summary>
    public int BookDepth { get; }

    /// <summary>How it is doing; null when nothing is kept.</summary>
    public HistoryReport? Report => Journal is null ? null : HistoryReport.Of(Journal, _check!);

    /// <summary>Opens the journal of the plan, once the data folder is held.</summary>
    /// <exception cref="StartupException">The folder cannot be written, or the journal in it is of a newer version.</exception>
    public static ServerHistory Open(ServerPlan plan, IServiceProvider provider)
    {
        var (history, time) = (plan.Options.History, provider.GetRequiredService<TimeProvider>());
        var log = provider.GetRequiredService<ILogger<ServerHistory>>();
        var options = new JournalOptions
        {
            BookDepth = history.BookDepth,
            Segments = new SegmentOptions { Retention = history.Retention, SyncInterval = history.SyncInterval },
        };
        if (plan.Mode == RunMode.Replay)
        {
            return new ServerHistory(null, options, null, time, log);
        }

        provider.GetRequiredService<DataFolder>();
        var frames = history.RawFrames is { } raw ? new RawFrames(Path.Combine(plan.Options.Storage.DataFolder, "frames"), raw, time, log) : null;
        var journal = history.IsEnabled ? OpenJournal(plan, options, provider.GetRequiredService<InstrumentCatalog>(), time) : null;
        return new ServerHistory(journal, options, frames, time, log);
    }

    /// <summary>Listens to the market from now on, and tells it what it knew. Before the loop starts.</summary>
    public void Join(MarketLoop loop)
    {
        if (Journal is null)
        {
            return;
        }

        LogOpened(Journal.Folder, Journal.Position + 1, Journal.Tail.Count);
        foreach (var news in Journal.Tail.News)
        {
            loop.Market.Remember(news);
        }

        loop.Subscribe(new JournalTap(Journal, BookDepth));
    }

    /// <summary>Takes what venues send, and what they cannot tell any more. Before the feeds start.</summary>
    public void Join(VenueFeeds feeds)
    {
        if (Journal is { } journal)
        {
            feeds.Notes = new TradeNotes(
                hole => journal.Append(MissingOf(hole)),
                (instrument, last) => journal.AppendUnsettled(instrument.Id, new SeenTrade(last.Id, last.At), Now()),
                instrument => journal.AppendSettled(instrument.Id, Now()));
        }

        feeds.RecorderOf = _frames is null ? null : _frames.Of;
    }

    /// <summary>Writes what waits and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        if (_check is not null)
        {
            await _check.DisposeAsync();
        }

        _watch?.Dispose();
        if (_frames is not null)
        {
            await _frames.DisposeAsync();
        }

        if (Journal is not null)
        {
            await Journal.DisposeAsync();
            LogClosed(Journal.DurablePosition, Journal.Health.Lost);
        }
    }

    private Timestamp Now() => Timestamp.From(_time.GetUtcNow());

    private static MarketJournal OpenJournal(ServerPlan plan, JournalOptions options, InstrumentCatalog catalog, TimeProvider time)
    {
        var folder = Path.Combine(plan.Options.Storage.DataFolder, plan.Mode == RunMode.Demo ? "journal.demo" : "journal");
        try
        {
            if (plan.Mode == RunMode.Demo && Directory.Exists(folder))
            {
                // The market of a demo begins anew with every run, and counts its trades from the same number.
                Directory.Delete(folder, recursive: true);
            }

            return new MarketJournal(folder, options, catalog, time);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The journal in {folder} cannot be opened: {exception.Message} Change its permissions, or run without history: HISTORY_ENABLED=false.", exception);
        }
        catch (JournalVersionException exception)
        {
            throw new StartupException(exception.Message, exception);
        }
    }

    private static MissingTrades MissingOf(TradeHole hole) => new(
        hole.Gap.Instrument.Id,
        hole.Gap.Before.Id,
        hole.Gap.Before.At,
        hole.Gap.After?.Id,
        hole.Gap.After?.At ?? default,
        hole.Why,
        Timestamp.From(hole.At));

    [LoggerMessage(LogLevel.Information, "The journal in {Folder} goes on at position {Position}; the trades of {Instruments} instruments are remembered.")]
    private partial void LogOpened(string folder, long position, int instruments);

    [LoggerMessage(LogLevel.Information, "The journal is closed; everything up to position {Position} is on the disk, {Lost} events were lost.")]
    private partial void LogClosed(long position, long lost);
}
