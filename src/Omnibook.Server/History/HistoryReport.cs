using System.Text.Json.Serialization;
using Omnibook.History.Journal;

namespace Omnibook.Server.History;

/// <summary>How the history is doing.</summary>
/// <param name="Ok">Whether what happens reaches the disk, and nothing was lost since the start.</param>
/// <param name="Position">The position of the last event.</param>
/// <param name="DurablePosition">Everything up to here is on the disk, except what was lost.</param>
/// <param name="LagEvents">How many events wait for the disk.</param>
/// <param name="WaitingBytes">How many bytes wait for the disk.</param>
/// <param name="Degraded">Why nothing reaches the disk; absent when all is well.</param>
/// <param name="DegradedSinceMs">Since when, milliseconds since the Unix epoch.</param>
/// <param name="LostEvents">How many events were lost since the start because the disk was full or too slow.</param>
/// <param name="Files">How many files the journal has.</param>
/// <param name="Bytes">How many bytes they have.</param>
/// <param name="LastSyncMs">How long the last synchronisation took.</param>
/// <param name="Checked">Whether all of what an earlier process left was looked through.</param>
/// <param name="DamagesFound">How many damaged places were found in it.</param>
/// <param name="DamagedEvents">How many events are missing for them, as far as can be known.</param>
/// <param name="Damage">The first of these places.</param>
internal sealed record HistoryReport(
    bool Ok,
    long Position,
    long DurablePosition,
    long LagEvents,
    long WaitingBytes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Degraded,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? DegradedSinceMs,
    long LostEvents,
    int Files,
    long Bytes,
    double LastSyncMs,
    bool Checked,
    int DamagesFound,
    long DamagedEvents,
    IReadOnlyList<DamageRow> Damage)
{
    /// <summary>What is known of a journal now.</summary>
    public static HistoryReport Of(MarketJournal journal, JournalCheck check)
    {
        var (durable, position, health) = (journal.DurablePosition, journal.Position, journal.Health);
        return new HistoryReport(
            health.Degraded is null && health.Lost == 0,
            position,
            durable,
            Math.Max(0, position - durable),
            journal.WaitingBytes,
            health.Degraded,
            health.DegradedSince?.ToUnixTimeMilliseconds(),
            health.Lost,
            health.Files,
            health.Bytes,
            health.LastSync.TotalMilliseconds,
            check.IsDone,
            check.Count,
            check.Events,
            [.. check.Damage.Select(damage => new DamageRow(
                damage.Loss.ToString(), Path.GetFileName(damage.File), damage.Offset, damage.Bytes, damage.First, damage.Last))]);
    }
}

/// <summary>A damaged place of the journal.</summary>
/// <param name="Loss">What happened: <c>Damaged</c>, <c>TornTail</c>, <c>NeverWritten</c>, <c>Unreadable</c>.</param>
/// <param name="File">The file.</param>
/// <param name="Offset">Where in it, in bytes.</param>
/// <param name="Bytes">How many bytes.</param>
/// <param name="First">The first missing position.</param>
/// <param name="Last">The last missing position; below the first when none is, or nobody knows.</param>
internal sealed record DamageRow(string Loss, string File, long Offset, long Bytes, long First, long Last);
