using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Server.Audit;

/// <summary>Opens a second connection with the one book on it, takes its first snapshot, and closes it.</summary>
internal sealed class ConnectionSnapshotSource(FollowedVenue venue, TimeSpan patience, TimeProvider time) : SnapshotSource(venue)
{
    /// <inheritdoc />
    public override bool IsWhole => true;

    /// <inheritdoc />
    public override async Task<EventBatch?> FetchAsync(Instrument instrument, CancellationToken cancellationToken)
    {
        var plan = PlanOf(instrument);
        var catcher = new FirstSnapshot();
        await using var feed = new VenueFeed(Venue.Venue, plan, Venue.Rest, catcher, time, new FeedOptions { Pace = Venue.Connections.Pace });
        feed.Start();
        try
        {
            return await catcher.Caught.WaitAsync(patience, time, cancellationToken);
        }
        catch (TimeoutException late)
        {
            throw new VenueRequestException(RequestFailure.TimedOut, $"no snapshot came over a second connection within {patience.TotalSeconds:0} s", late);
        }
    }

    private ConnectionPlan PlanOf(Instrument instrument)
    {
        var plan = Venue.Venue.Plan([instrument]).First(candidate => candidate.Books.Contains(instrument));
        return plan with { Name = $"audit {instrument.Symbol}", Streams = [.. plan.Streams.Where(stream => stream.Channel == Channel.Book)] };
    }

    /// <summary>Keeps the first batch with a snapshot and lets everything else go.</summary>
    private sealed class FirstSnapshot : EventObserver, IEventQueue
    {
        private readonly TaskCompletionSource<EventBatch?> _caught = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _isSnapshot;

        public Task<EventBatch?> Caught => _caught.Task;

        public EventBatch Rent() => new();

        public void Return(EventBatch batch) => batch.Clear();

        public ValueTask EnqueueAsync(EventBatch batch, CancellationToken cancellationToken)
        {
            batch.DeliverTo(this);
            if (_isSnapshot)
            {
                _caught.TrySetResult(batch);
            }

            return ValueTask.CompletedTask;
        }

        public override void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) => _isSnapshot = true;
    }
}
