using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// Which topic is whose. An instrument of the plan is taken from its planned topics alone; one that is only learned from a
/// replay is taken from whatever comes, except a second depth of the same book.
/// </summary>
internal sealed class BybitRoutes
{
    private readonly SymbolTable _symbols;
    private readonly Dictionary<byte[], BybitRoute> _routes = new(TopicComparer.Instance);
    private readonly Dictionary<byte[], BybitRoute>.AlternateLookup<ReadOnlySpan<byte>> _byTopic;
    private readonly HashSet<int> _planned;

    public BybitRoutes(ConnectionPlan plan, Func<string, Core.Instruments.Instrument?>? unknown)
    {
        _byTopic = _routes.GetAlternateLookup<ReadOnlySpan<byte>>();
        _symbols = new SymbolTable(plan.Streams.Select(stream => stream.Instrument), unknown);
        _planned = [.. plan.Streams.Select(stream => stream.Instrument.Id.Index)];
        for (var i = 0; i < plan.Streams.Count; i++)
        {
            var stream = plan.Streams[i];
            _routes.TryAdd(Encoding.UTF8.GetBytes(stream.Name), new BybitRoute(stream.Channel, stream.Instrument, i, stream.Interval));
        }
    }

    /// <summary>Finds the route of a topic that is settled already; asks and settles nothing.</summary>
    public bool TryFindKnown(ReadOnlySpan<byte> topic, [NotNullWhen(true)] out BybitRoute? route) =>
        _byTopic.TryGetValue(topic, out route);

    /// <summary>The same, and settles the route of a topic that is learned. False when the topic is not to be taken.</summary>
    public bool TryFindOrLearn(ReadOnlySpan<byte> topic, [NotNullWhen(true)] out BybitRoute? route) =>
        _byTopic.TryGetValue(topic, out route) || TryLearn(topic, out route);

    private bool TryLearn(ReadOnlySpan<byte> topic, [NotNullWhen(true)] out BybitRoute? route)
    {
        route = null;
        if (!BybitTopics.TrySplit(topic, out var channel, out var symbol)
            || !_symbols.TryFind(symbol, out var instrument)
            || _planned.Contains(instrument.Id.Index)
            || !BybitTopics.TryInterval(topic, channel, out var interval)
            || _routes.Values.Any(other => other.Instrument == instrument && other.Channel == channel && other.Interval == interval))
        {
            return false;
        }

        route = new BybitRoute(channel, instrument, -1, interval);
        _routes.Add(topic.ToArray(), route);
        return true;
    }

    private sealed class TopicComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly TopicComparer Instance = new();

        public bool Equals(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] topic) => GetHashCode(topic.AsSpan());

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        // FNV-1a, as in SymbolTable: topics are short and come from the venue.
        public int GetHashCode(ReadOnlySpan<byte> topic)
        {
            var hash = 2166136261;
            foreach (var letter in topic)
            {
                hash = (hash ^ letter) * 16777619;
            }

            return (int)hash;
        }
    }
}
