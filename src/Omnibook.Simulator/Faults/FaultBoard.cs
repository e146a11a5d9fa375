using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Faults;

/// <summary>The faults of one venue. Used under the venue's lock.</summary>
/// <param name="random">Rolls the dice of faults with a probability.</param>
/// <param name="schedule">The venue's clock.</param>
/// <param name="onEnded">Told when a fault ends by count, by time or by hand.</param>
internal sealed class FaultBoard(SeededRandom random, Schedule schedule, Action<ActiveFault> onEnded)
{
    private readonly List<ActiveFault> _active = [];
    private long _lastId;

    /// <summary>What is on.</summary>
    public IReadOnlyList<ActiveFault> Active
    {
        get
        {
            Expire();
            return _active;
        }
    }

    /// <summary>Switches a fault on.</summary>
    public ActiveFault Add(FaultKind kind, FaultRequest request)
    {
        var fault = new ActiveFault(++_lastId, kind, request, schedule.Milliseconds);
        if (kind.IsMomentary)
        {
            fault.Hit();
            return fault;
        }

        _active.Add(fault);
        if (fault.UntilMilliseconds is { } until)
        {
            schedule.At(until * 1000, Expire);
        }

        return fault;
    }

    /// <summary>Switches a fault off.</summary>
    public bool Remove(long id)
    {
        var fault = _active.Find(active => active.Id == id);
        if (fault is not null)
        {
            End(fault);
        }

        return fault is not null;
    }

    /// <summary>Switches all faults off.</summary>
    public int Clear()
    {
        var count = _active.Count;
        foreach (var fault in _active.ToList())
        {
            End(fault);
        }

        return count;
    }

    /// <summary>The first fault of a kind that is on for a symbol and channel; nothing is counted.</summary>
    public ActiveFault? Find(string kind, string? symbol = null, string? channel = null)
    {
        if (_active.Count == 0)
        {
            return null;
        }

        Expire();
        return _active.Find(fault => fault.Kind.Name == kind && fault.Concerns(symbol, channel));
    }

    /// <summary>As <see cref="Find"/>, and rolls the fault's dice and counts the hit.</summary>
    public ActiveFault? Use(string kind, string? symbol = null, string? channel = null)
    {
        if (Find(kind, symbol, channel) is not { } fault)
        {
            return null;
        }

        if (fault.Request.Probability is { } share && random.Below(1_000_000) >= (long)(share * 1_000_000))
        {
            return null;
        }

        fault.Hit();
        Expire();
        return fault;
    }

    private void Expire()
    {
        for (var i = _active.Count - 1; i >= 0; i--)
        {
            if (_active[i].IsOver(schedule.Milliseconds))
            {
                End(_active[i]);
            }
        }
    }

    private void End(ActiveFault fault)
    {
        _active.Remove(fault);
        onEnded(fault);
    }
}
