using Omnibook.Core.Derived;
using Omnibook.Core.Instruments;
using Omnibook.Server.Configuration;

namespace Omnibook.Server.Pipeline.Demand;

/// <summary>
/// Who holds what at one venue: counts leases, and tells what has to be opened and what may be closed. Leases come and go on any
/// thread; connections are opened and closed by one, <see cref="VenueDemand"/>.
/// </summary>
internal sealed class DemandLedger(VenueId venue, DemandOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(InstrumentId, CandleInterval?), Demanded> _entries = [];

    /// <summary>Takes a lease.</summary>
    /// <exception cref="DemandRefusedException">The bound is reached, and everything within it is in use.</exception>
    public Demanded Acquire(Instrument instrument, CandleInterval? interval)
    {
        lock (_gate)
        {
            var known = _entries.GetValueOrDefault((instrument.Id, interval));
            if (known is { IsDue: false })
            {
                known.Holders++;
                return known;
            }

            MakeRoom();
            if (known is null)
            {
                return _entries[(instrument.Id, interval)] = new Demanded(instrument, interval);
            }

            (known.IsDue, known.Holders) = (false, 1);
            return known;
        }
    }

    /// <summary>Ends a lease.</summary>
    public void Release(Demanded entry)
    {
        lock (_gate)
        {
            entry.Holders--;
            entry.IdleSince = time.GetTimestamp();
        }
    }

    /// <summary>What is held and not open yet.</summary>
    public IReadOnlyList<Demanded> Waiting()
    {
        lock (_gate)
        {
            return [.. _entries.Values.Where(entry => entry is { Group: null, Holders: > 0 })];
        }
    }

    /// <summary>Everything that is held.</summary>
    public IReadOnlyList<Demanded> Held()
    {
        lock (_gate)
        {
            return [.. _entries.Values.Where(entry => entry.Holders > 0)];
        }
    }

    /// <summary>Strikes out what has been idle for long enough, and gives it back. What shares its connections with something held stays.</summary>
    public IReadOnlyList<Demanded> StrikeIdle() => Strike(entry => IsOver(entry) && (entry.Group?.Members.All(IsOver) ?? true));

    /// <summary>Strikes out whatever is not held, and gives it back.</summary>
    public IReadOnlyList<Demanded> StrikeUnheld() => Strike(entry => entry.Holders == 0);

    /// <summary>How long until something may have been idle for long enough; null when nothing is idle.</summary>
    public TimeSpan? UntilIdle()
    {
        lock (_gate)
        {
            var waits = _entries.Values.Where(entry => entry.Holders == 0 && !IsOver(entry))
                .Select(entry => options.ReleaseAfter - time.GetElapsedTime(entry.IdleSince)).ToArray();
            return waits.Length == 0 ? null : waits.Min();
        }
    }

    /// <summary>Says which connections something comes over.</summary>
    public void SetGroup(Demanded entry, DemandGroup? group)
    {
        lock (_gate)
        {
            entry.Group = group;
        }
    }

    /// <summary>Whether something is held, or not let go yet.</summary>
    public bool Has(InstrumentId instrument, CandleInterval? interval)
    {
        lock (_gate)
        {
            return _entries.ContainsKey((instrument, interval));
        }
    }

    /// <summary>The connections that something comes over; null when it is not followed, or not yet.</summary>
    public DemandGroup? GroupOf(InstrumentId instrument, CandleInterval? interval)
    {
        lock (_gate)
        {
            return _entries.GetValueOrDefault((instrument, interval))?.Group;
        }
    }

    /// <summary>A place, taken from what is idle if it has to be.</summary>
    private void MakeRoom()
    {
        if (_entries.Values.Count(entry => !entry.IsDue) < options.MostPerVenue)
        {
            return;
        }

        var spare = _entries.Values
            .Where(entry => entry is { IsDue: false, Holders: 0 } && (entry.Group?.Members.All(member => member.Holders == 0) ?? true))
            .MinBy(entry => entry.IdleSince) ?? throw new DemandRefusedException(
                DemandRefusal.Full,
                $"{options.MostPerVenue} instruments and candle streams of {venue} are followed on demand, which is the bound ({SettingName.DemandMost.Variable}); all of them are in use.");
        foreach (var member in spare.Group?.Members ?? [spare])
        {
            member.IsDue = true;
        }
    }

    private bool IsOver(Demanded entry) =>
        entry.Holders == 0 && (entry.IsDue || time.GetElapsedTime(entry.IdleSince) >= options.ReleaseAfter);

    private Demanded[] Strike(Func<Demanded, bool> which)
    {
        lock (_gate)
        {
            var struck = _entries.Values.Where(which).ToArray();
            foreach (var entry in struck)
            {
                _entries.Remove((entry.Instrument.Id, entry.Interval));
            }

            return struck;
        }
    }
}
