using Omnibook.History.Journal;

namespace Omnibook.Server.History;

/// <summary>Says in the log when the journal cannot be written, when it goes on, and what was lost meanwhile. Once each.</summary>
internal sealed partial class JournalWatch : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private readonly MarketJournal _journal;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private bool _isDegraded;
    private long _lost;

    /// <summary>Begins.</summary>
    public JournalWatch(MarketJournal journal, TimeProvider time, ILogger log)
    {
        (_journal, _log) = (journal, log);
        _timer = time.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
    }

    /// <inheritdoc />
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var health = _journal.Health;
        if (health.Degraded is { } why && !_isDegraded)
        {
            LogDegraded(_journal.Folder, why);
        }
        else if (health.Degraded is null && _isDegraded)
        {
            LogGoesOn(_journal.Folder, health.Lost - _lost);
            _lost = health.Lost;
        }

        _isDegraded = health.Degraded is not null;
    }

    [LoggerMessage(LogLevel.Error, "Nothing can be written to the journal in {Folder}, live data goes on: {Why}")]
    private partial void LogDegraded(string folder, string why);

    [LoggerMessage(LogLevel.Warning, "The journal in {Folder} is written again. {Lost} events are missing in it.")]
    private partial void LogGoesOn(string folder, long lost);
}
