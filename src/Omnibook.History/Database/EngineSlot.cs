namespace Omnibook.History.Database;

/// <summary>Where the engine is while there is one. It is taken away only when nobody uses it any more.</summary>
internal sealed class EngineSlot
{
    private readonly object _gate = new();
    private HistoryEngine? _engine;
    private int _users;

    /// <summary>The engine, for <see cref="Leave"/> to be called afterwards; null while there is none.</summary>
    public HistoryEngine? Enter()
    {
        lock (_gate)
        {
            _users += _engine is null ? 0 : 1;
            return _engine;
        }
    }

    /// <summary>Uses it no longer.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _users--;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>From now on this is the engine.</summary>
    public void Put(HistoryEngine engine)
    {
        lock (_gate)
        {
            _engine = engine;
        }
    }

    /// <summary>Takes the engine away and closes it, when the last user has left. Nobody gets it meanwhile.</summary>
    public void Close()
    {
        HistoryEngine? closing;
        lock (_gate)
        {
            (closing, _engine) = (_engine, null);
            while (_users > 0)
            {
                Monitor.Wait(_gate);
            }
        }

        closing?.Dispose();
    }
}
