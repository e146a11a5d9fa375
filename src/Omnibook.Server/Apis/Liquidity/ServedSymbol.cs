using Omnibook.Core.Events;
using Omnibook.Core.Liquidity;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Liquidity;

/// <summary>One symbol: who follows it, and how it was when it was measured last.</summary>
internal sealed class ServedSymbol
{
    private SymbolReading _reading;

    /// <summary>Nothing was measured yet.</summary>
    public ServedSymbol(SymbolPlan plan, LiquiditySettings settings, StreamCounters counters)
    {
        Plan = plan;
        Clock = new LiquidityClock(settings.Rules);
        Heartbeats = new Topic($"liquidity.heartbeat.{plan.Name}", OutboxPolicy.DropOldest, counters);
        Metrics = MetricWindow.Offered.Append(settings.WindowBps).Distinct().ToDictionary(
            bps => bps,
            bps => new Topic($"liquidity.metrics.{plan.Name}.{MetricWindow.NameOf(bps)}", OutboxPolicy.NewestOnly, counters));
        _reading = new SymbolReading(default, LiquidityStatus.Warming, [.. plan.Members.Select(member => new MemberLiquidity(member, null, 0))], []);
    }

    /// <summary>What it is.</summary>
    public SymbolPlan Plan { get; }

    /// <summary>Its status. Belongs to whoever measures.</summary>
    public LiquidityClock Clock { get; }

    /// <summary>One frame every few seconds, whatever the status is.</summary>
    public Topic Heartbeats { get; }

    /// <summary>The metrics of each window, rendered once for everybody.</summary>
    public IReadOnlyDictionary<int, Topic> Metrics { get; }

    /// <summary>A window that is measured although nobody follows its topic.</summary>
    public int AskedWindow { get; init; }

    /// <summary>How it was at the last tick. Read from any thread.</summary>
    public SymbolReading Reading
    {
        get => Volatile.Read(ref _reading);
        set => Volatile.Write(ref _reading, value);
    }
}

/// <summary>A symbol at one moment.</summary>
/// <param name="At">Our clock.</param>
/// <param name="Status">How far it can be trusted.</param>
/// <param name="Members">Every configured member.</param>
/// <param name="Metrics">The windows that somebody follows, and the usual one; empty while it warms up.</param>
internal sealed record SymbolReading(
    Timestamp At, LiquidityStatus Status, IReadOnlyList<MemberLiquidity> Members, IReadOnlyList<LiquidityMetrics> Metrics)
{
    /// <summary>The metrics of a window, or null.</summary>
    public LiquidityMetrics? Of(int windowBps) => Metrics.FirstOrDefault(metrics => metrics.WindowBps == windowBps);
}

/// <summary>A configured member at one moment.</summary>
/// <param name="Member">Which.</param>
/// <param name="Liquidity">What it has; null while its venue has not listed it.</param>
/// <param name="Kept">How many updates of its book wait for a snapshot.</param>
internal sealed record MemberLiquidity(PlannedMember Member, VenueLiquidity? Liquidity, int Kept)
{
    /// <summary>Whether its book cannot be counted on.</summary>
    public bool IsStale => Liquidity?.IsStale ?? true;
}
