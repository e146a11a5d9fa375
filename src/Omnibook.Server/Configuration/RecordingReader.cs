using Omnibook.Server.Recording;

namespace Omnibook.Server.Configuration;

/// <summary>Reads whether and how long the market is recorded.</summary>
internal static class RecordingReader
{
    /// <summary>Reads it.</summary>
    public static RecordingOptions Read(SettingReader reader) => new()
    {
        IsEnabled = reader.Flag(SettingName.Recording.Path, otherwise: true),
        Retention = TimeSpan.FromMinutes(reader.Number(SettingName.RecordingMinutes, 5, 10_080)),
        MaxBytes = reader.Number(SettingName.RecordingMegabytes, 64, 1_000_000) * 1024L * 1024,
        MostReplays = reader.Number(SettingName.ReplayMost, 0, 100),
    };
}
