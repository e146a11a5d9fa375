using Omnibook.Server.Configuration;
using Omnibook.Server.Replay;

namespace Omnibook.Server.Hosting;

/// <summary>Where the market's events come from.</summary>
internal enum RunMode
{
    /// <summary>From the venues.</summary>
    Live,

    /// <summary>From simulators in this process: every price is invented.</summary>
    Demo,

    /// <summary>From recorded frames.</summary>
    Replay,
}

/// <summary>What is to be served.</summary>
internal sealed record ServerPlan
{
    /// <summary>The configuration, checked.</summary>
    public required OmnibookOptions Options { get; init; }

    /// <summary>Where events come from.</summary>
    public required RunMode Mode { get; init; }

    /// <summary>Chooses the whole run of the simulators; only used in <see cref="RunMode.Demo"/>.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What is replayed; only in <see cref="RunMode.Replay"/>.</summary>
    public ReplayPlan? Replay { get; init; }

    /// <summary>
    /// The file of price snapshots. Invented prices never enter the file of real ones: the demo has its own beside it. A replay keeps
    /// nothing, so that its file is in a folder that is deleted at the end.
    /// </summary>
    public string SnapshotFile => Options.Storage.Database ?? Path.Combine(
        Options.Storage.DataFolder, Mode == RunMode.Demo ? "price_data.demo.db" : "price_data.db");

    /// <summary>The file of paper positions: those at invented prices have their own.</summary>
    public string PaperFile => Path.Combine(
        Options.Storage.DataFolder, Mode == RunMode.Demo ? "paper_positions.demo.db" : "paper_positions.db");

    /// <summary>The file of alerts: those of the demo have their own.</summary>
    public string AlertFile => Path.Combine(Options.Storage.DataFolder, Mode == RunMode.Demo ? "alerts.demo.db" : "alerts.db");

    /// <summary>The file of liquidity metrics as they were: those of the demo have their own.</summary>
    public string MetricsFile => Path.Combine(Options.Storage.DataFolder, Mode == RunMode.Demo ? "metrics.demo.db" : "metrics.db");
}

/// <summary>A replay inside a server.</summary>
/// <param name="Capture">What is replayed.</param>
/// <param name="Json">Whether its result is printed as JSON.</param>
internal sealed record ReplayPlan(CapturePlan Capture, bool Json);
