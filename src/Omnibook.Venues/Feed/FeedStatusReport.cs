namespace Omnibook.Venues.Feed;

/// <summary>Puts together what a feed looks like at one moment.</summary>
internal static class FeedStatusReport
{
    public static FeedStatus Of(FeedSurroundings feed, FeedPhase phase, FeedConnection? connection, int failures)
    {
        var now = feed.Elapsed;
        return new FeedStatus
        {
            Venue = feed.Venue.Id,
            Connection = feed.Plan.Name,
            Address = feed.Plan.Address,
            State = phase.State,
            Since = phase.Since,
            Reason = phase.Reason,
            Until = phase.Until,
            FailedAttempts = failures,
            FrameAge = now - connection?.LastFrameAt,
            Lag = connection?.Lag,
            NewsAge = now - connection?.Watch.LastDataOfNone,
            Channels = [.. feed.Plan.Streams.Select(stream => Channel(feed, stream, connection, now))],
            Counts = feed.Counters.Read(),
        };
    }

    private static ChannelStatus Channel(FeedSurroundings feed, StreamPlan stream, FeedConnection? connection, TimeSpan now)
    {
        var symbol = stream.Instrument.Symbol;
        if (feed.Refused.TryGetWords(stream.Name, out var words))
        {
            return new ChannelStatus(stream.Name, stream.Channel, symbol, ChannelState.Refused, words, null);
        }

        var index = connection is null ? -1 : connection.Plan.Streams.IndexOf(stream);
        if (index < 0)
        {
            return new ChannelStatus(stream.Name, stream.Channel, symbol, ChannelState.Subscribing, "", null);
        }

        var state = connection!.Watch.StateOf(index, out var detail);
        return new ChannelStatus(stream.Name, stream.Channel, symbol, state, detail, now - connection.Watch.LastData(index));
    }

    private static int IndexOf(this IReadOnlyList<StreamPlan> streams, StreamPlan wanted)
    {
        for (var index = 0; index < streams.Count; index++)
        {
            if (ReferenceEquals(streams[index], wanted))
            {
                return index;
            }
        }

        return -1;
    }
}
