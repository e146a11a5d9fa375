using Omnibook.Core;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary>The aggregate book as whoever asks gets it: read on the market's thread, between two bursts of events.</summary>
internal sealed class AggregateBook
{
    private readonly MarketLoop _loop;
    private readonly TimeProvider _time;
    private readonly NbboRules _rules;
    private readonly AggregateRenderer _renderer;

    /// <summary>Creates the view.</summary>
    public AggregateBook(MarketLoop loop, FramePool frames, TimeProvider time, NbboRules rules) =>
        (_loop, _time, _rules, _renderer) = (loop, time, rules, new AggregateRenderer(frames, rules));

    /// <summary>Renders the aggregate of now behind <paramref name="head"/>. The caller releases the frame.</summary>
    public Task<AggregateReading> ReadAsync(byte[] head, CancellationToken cancellationToken)
    {
        var timestamp = _time.GetUtcNow().ToUnixTimeMilliseconds();
        return _loop.ReadAsync(market => _renderer.Render(market, timestamp, head), cancellationToken);
    }

    /// <summary>The members of now, in configured order.</summary>
    public Task<IReadOnlyList<MemberReading>> ReadMembersAsync(CancellationToken cancellationToken) =>
        _loop.ReadAsync(ReadMembers, cancellationToken);

    private IReadOnlyList<MemberReading> ReadMembers(Market market)
    {
        var members = new List<MemberReading>();
        MemberReading.ReadAll(market, _rules, members);
        return members;
    }
}
