using Omnibook.Server.Apis.PerpDex.Prices;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.PerpDex.Live;

/// <summary>The prices of a pair that somebody listens to. Belongs to <see cref="PairStreams"/>.</summary>
internal sealed class PairStream(FollowedPair followed, StreamCounters counters) : IDisposable
{
    private PriceReading? _last;

    /// <summary>The pair, followed for as long as somebody listens.</summary>
    public FollowedPair Followed => followed;

    /// <summary>What the clients follow.</summary>
    public Topic Topic { get; } = new($"perpdex.{followed.Pair.Name}", OutboxPolicy.NewestOnly, counters);

    /// <summary>How many clients listen.</summary>
    public int Clients { get; set; }

    /// <summary>Publishes prices that are other than the last; those who come while there are none are not shown old ones.</summary>
    public void Publish(PriceReading reading, FrameWriter writer)
    {
        if (reading.SaysTheSameAs(_last))
        {
            return;
        }

        _last = reading;
        if (reading.Sources.Count == 0)
        {
            Topic.Forget();
        }
        else
        {
            PriceWriter.Aggregate(writer.Begin().Raw("{\"type\":\"price_update\",\"data\":"u8), reading);
            Topic.Publish(writer.Raw("}"u8).Complete());
        }
    }

    /// <summary>Lets the pair go.</summary>
    public void Dispose()
    {
        Topic.Forget();
        followed.Dispose();
    }
}
