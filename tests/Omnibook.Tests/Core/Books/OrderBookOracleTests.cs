using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Tests.Core.Books;

/// <summary>The fast book and the naive one get the same messages, spoilt on the way, and must agree after every one of them.</summary>
public sealed class OrderBookOracleTests
{
    private static readonly BookOptions Patient = new()
    {
        StaleRunLimit = int.MaxValue,
        FailureLimit = int.MaxValue,
        MaxKeptUpdates = int.MaxValue,
        CrossedLimit = TimeSpan.MaxValue,
    };

    [Theory]
    [InlineData(1, 1, 100)]
    [InlineData(2, 5, 300)]
    [InlineData(3, 10, 40)]
    [InlineData(4, 1000, 200)]
    public void A_hundred_thousand_spoilt_messages_leave_the_same_book_as_the_naive_one(int seed, long tick, int size)
    {
        var run = new Run(seed, tick, size);
        for (var i = 0; i < 25_000; i++)
        {
            run.Step();
        }

        Assert.True(run.LiveSteps > 5_000, $"Live after {run.LiveSteps} messages only.");
        Assert.True(run.Book.Counters.Gaps > 100, $"{run.Book.Counters.Gaps} gaps only.");
        Assert.True(run.Book.Counters.Stale > 100, $"{run.Book.Counters.Stale} stale messages only.");
        Assert.True(size < 200 || run.Book.Bids.Layouts + run.Book.Asks.Layouts > 20, "The windows hardly moved.");
        Assert.True(run.Book.Counters.SnapshotsTooOld > 10, $"{run.Book.Counters.SnapshotsTooOld} old snapshots only.");
    }

    private sealed class Run(int seed, long tick, int size)
    {
        private readonly Random _random = new(seed * 7919);
        private readonly MadeMarket _venue = new(seed, tick, size);
        private readonly NaiveBook _naive = new();
        private readonly List<Level> _copy = [];
        private readonly Queue<(long Sequence, Level[] Bids, Level[] Asks)> _snapshots = [];
        private (long First, long Last, Level[] Bids, Level[] Asks)? _late;
        private int _step;

        public OrderBook Book { get; } = new(MadeInstruments.Make(tick: tick), Patient);

        public int LiveSteps { get; private set; }

        public void Step()
        {
            _step++;
            var update = _venue.Next();
            switch (_random.Next(40))
            {
                case 0: // lost
                    break;
                case 1: // twice
                    Apply(update);
                    Apply(update);
                    break;
                case 2: // after the next one
                    _late = update;
                    break;
                case 3 when _random.Next(10) == 0:
                    Disconnect();
                    break;
                default:
                    Apply(update);
                    break;
            }

            if (_late is { } late && update.Last != late.Last)
            {
                Apply(late);
                _late = null;
            }

            AskAndAnswer();
            Compare();
        }

        private void AskAndAnswer()
        {
            if (_random.Next(Book.IsLive ? 200 : 4) == 0)
            {
                _snapshots.Enqueue((_venue.Sequence, _venue.Shuffled(_venue.Bids.Levels), _venue.Shuffled(_venue.Asks.Levels)));
            }

            // Answers are late by up to some messages, so that they may be older than what is kept.
            if (_snapshots.Count > 0 && _random.Next(3) == 0)
            {
                var (sequence, bids, asks) = _snapshots.Dequeue();
                Book.Apply(new BookSnapshot(Book.Instrument.Id, sequence, Times), bids, asks);
                _naive.Snapshot(sequence, bids, asks);
            }
        }

        private EventTimes Times => new(default, new Timestamp(_step * 1_000_000L));

        private void Apply((long First, long Last, Level[] Bids, Level[] Asks) update)
        {
            Book.Apply(new BookUpdate(Book.Instrument.Id, update.First, update.Last, Times), update.Bids, update.Asks);
            _naive.Update(update.First, update.Last, update.Bids, update.Asks);
        }

        private void Disconnect()
        {
            var status = new VenueStatus(
                Book.Instrument.Id, BookState.Connecting, StatusReasons.Disconnected, default, Times.ReceivedAt);
            Book.Apply(status);
            _naive.Disconnect();
        }

        private void Compare()
        {
            Assert.True(_naive.IsLive == Book.IsLive && _naive.Sequence == Book.Sequence && _naive.Kept == Book.KeptUpdates, At());
            AssertSame(_naive.Bids, Book.Bids);
            AssertSame(_naive.Asks, Book.Asks);
            if (!Book.IsLive)
            {
                return;
            }

            LiveSteps++;
            Assert.False(Book.IsCrossed, At());
            if (Book.Sequence == _venue.Sequence)
            {
                AssertSame(_venue.Bids, Book.Bids);
                AssertSame(_venue.Asks, Book.Asks);
            }
        }

        private void AssertSame(NaiveSide expected, Ladder actual)
        {
            _copy.Clear();
            foreach (var level in actual)
            {
                _copy.Add(level);
            }

            Assert.True(expected.Count == actual.Count, At());
            Assert.True(expected.Levels.SequenceEqual(_copy), At());
            Assert.True(actual.TryGetBest(out var best) == _copy.Count > 0 && (_copy.Count == 0 || best == _copy[0]), At());
        }

        private string At() => $"Differs after step {_step} with seed {seed}, tick {tick}, size {size}.";
    }
}
