namespace Omnibook.Server.Configuration;

/// <summary>What is kept of what happened.</summary>
internal sealed record HistoryOptions
{
    /// <summary>Whether anything is kept.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>How long it is kept.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How many levels of each side of a book are kept at every full minute.</summary>
    public int BookDepth { get; init; } = 500;

    /// <summary>How long something that happened may wait to reach the disk.</summary>
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The frames of venues as they came; null keeps none.</summary>
    public RawFrameOptions? RawFrames { get; init; }
}

/// <summary>How many frames of venues are kept as they came.</summary>
/// <param name="Retention">How long they are kept.</param>
/// <param name="MaxBytes">How many bytes the files of one venue have together at most, compressed.</param>
internal sealed record RawFrameOptions(TimeSpan Retention, long MaxBytes);

/// <summary>Reads what is to be kept.</summary>
internal static class HistoryReader
{
    /// <summary>Reads it, and refuses what is out of bounds.</summary>
    public static HistoryOptions Read(SettingReader reader)
    {
        var frames = new RawFrameOptions(
            TimeSpan.FromHours(reader.Number(SettingName.RawFramesHours, 1, 8760)), reader.Number(SettingName.RawFramesMegabytes, 10, 1_000_000) * 1024L * 1024L);
        return new HistoryOptions
        {
            IsEnabled = reader.Flag(SettingName.HistoryEnabled.Path, otherwise: true),
            Retention = TimeSpan.FromHours(reader.Number(SettingName.HistoryRetention, 1, 8760)),
            BookDepth = reader.Number(SettingName.HistoryBookDepth, 0, 5000),
            SyncInterval = TimeSpan.FromMilliseconds(reader.Number(SettingName.JournalSync, 1, 10_000)),
            RawFrames = reader.Flag(SettingName.RawFrames.Path, otherwise: false) ? frames : null,
        };
    }
}
