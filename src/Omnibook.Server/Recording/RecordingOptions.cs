namespace Omnibook.Server.Recording;

/// <summary>Whether and how long everything is recorded that is done to the market, and how often it may be replayed at once.</summary>
internal sealed record RecordingOptions
{
    /// <summary>Whether anything is recorded.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>How long it is kept.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How much of the disk it may take.</summary>
    public long MaxBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>How many replays may run at once.</summary>
    public int MostReplays { get; init; } = 4;

    /// <summary>How often a new file begins, with a checkpoint in it: a replay has to go through one file and a half before it gets to its moment.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(2);
}
