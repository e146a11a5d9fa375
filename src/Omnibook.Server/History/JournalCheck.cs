using Omnibook.History.Journal;
using Omnibook.History.Segments;

namespace Omnibook.Server.History;

/// <summary>Reads the whole journal once in the background after the start, and tells what of it is lost. Nobody waits for it.</summary>
internal sealed partial class JournalCheck : IAsyncDisposable
{
    /// <summary>How many damages are kept to be told; more are counted.</summary>
    private const int MostKept = 50;

    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly List<SegmentDamage> _damage = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;

    /// <summary>Begins to read.</summary>
    public JournalCheck(MarketJournal journal, ILogger log)
    {
        _log = log;
        foreach (var cut in journal.Recovered)
        {
            Add(cut);
        }

        var until = journal.DurablePosition;
        _running = Task.Run(() => Read(journal.Folder, until));
    }

    /// <summary>How many damages were found.</summary>
    public int Count { get; private set; }

    /// <summary>How many events are missing because of them, as far as can be known.</summary>
    public long Events { get; private set; }

    /// <summary>Whether everything was read.</summary>
    public bool IsDone => _running.IsCompletedSuccessfully;

    /// <summary>The first of them.</summary>
    public IReadOnlyList<SegmentDamage> Damage
    {
        get
        {
            lock (_gate)
            {
                return [.. _damage];
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
    }

    private void Read(string folder, long until)
    {
        try
        {
            using var reader = new SegmentReader(folder, 0, Add) { Until = until };
            while (!_ending.IsCancellationRequested && reader.Read(out _))
            {
            }
        }
        catch (IOException exception)
        {
            LogUnreadable(exception.Message);
        }
    }

    private void Add(SegmentDamage damage)
    {
        lock (_gate)
        {
            Count++;
            Events += Math.Max(0, damage.Last - damage.First + 1);
            if (_damage.Count < MostKept)
            {
                _damage.Add(damage);
                LogDamage(damage.ToString());
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Something of the journal is lost, the rest is served. {Damage}")]
    private partial void LogDamage(string damage);

    [LoggerMessage(LogLevel.Error, "The journal could not be looked through: {Why}")]
    private partial void LogUnreadable(string why);
}
