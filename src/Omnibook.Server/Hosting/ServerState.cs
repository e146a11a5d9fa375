using Omnibook.Simulator;

namespace Omnibook.Server.Hosting;

/// <summary>What became of the plan: read by whoever tells people about the server.</summary>
internal sealed class ServerState(ServerPlan plan, TimeProvider time)
{
    private SimulatorHost? _simulator;

    /// <summary>Where events come from.</summary>
    public RunMode Mode => plan.Mode;

    /// <summary>When the server was built.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>The version of the program, without the commit.</summary>
    public static string Version { get; } = typeof(ServerState).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>The simulators of the demo, once they run; otherwise null.</summary>
    public SimulatorHost? Simulator
    {
        get => Volatile.Read(ref _simulator);
        set => Volatile.Write(ref _simulator, value);
    }

    /// <summary>How the process is to end.</summary>
    public int ExitCode { get; set; }
}
