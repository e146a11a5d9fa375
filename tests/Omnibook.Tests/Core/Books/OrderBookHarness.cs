using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core.Books;

/// <summary>A book with a clock in milliseconds and short ways to speak to it.</summary>
internal sealed class OrderBookHarness(BookOptions? options = null)
{
    private static readonly InstrumentId Id = new(0);

    public OrderBook Book { get; } = new(MadeInstruments.Make(), options, At(1));

    /// <summary>Our clock, in milliseconds; goes on by one with every message.</summary>
    public long Now { get; set; } = 1000;

    public BookState State => Book.Status.State;

    public string Reason => Book.Status.Reason;

    public static Timestamp At(long milliseconds) => Timestamp.FromMilliseconds(milliseconds);

    public static Level Level(long price, long quantity) => new(new Price(price), new Quantity(quantity));

    public BookEffects Update(long first, long last, long bid = 100, long bidQuantity = 1, long ask = 110, long askQuantity = 1) =>
        Book.Apply(new BookUpdate(Id, first, last, Times()), [Level(bid, bidQuantity)], [Level(ask, askQuantity)]);

    public BookEffects Update(long number) => Update(number, number);

    public BookEffects Snapshot(long sequence, long bid = 100, long ask = 110, bool restarts = false) =>
        Book.Apply(new BookSnapshot(Id, sequence, Times(), restarts), [Level(bid, 1)], [Level(ask, 1)]);

    public BookEffects Top(long sequence, long bid, long ask) =>
        Book.Apply(new TopOfBook(Id, sequence, Level(bid, 1), Level(ask, 1), Times()));

    public BookEffects Status(BookState state, string reason = StatusReasons.None, long until = 0) =>
        Book.Apply(new VenueStatus(Id, state, reason, until == 0 ? default : At(until), At(++Now)));

    public BookEffects Tick(long milliseconds)
    {
        Now += milliseconds;
        return Book.Apply(new Tick(At(Now)));
    }

    /// <summary>Ticks every 50 ms and counts how often something is wanted.</summary>
    public int CountOf(BookEffects wanted, long milliseconds)
    {
        var count = 0;
        for (var passed = 0; passed < milliseconds; passed += 50)
        {
            count += Tick(50).HasFlag(wanted) ? 1 : 0;
        }

        return count;
    }

    /// <summary>A live book at sequence 10 with some good updates behind it.</summary>
    public OrderBookHarness Live()
    {
        Status(BookState.Buffering, StatusReasons.AwaitingSnapshot);
        Snapshot(5);
        for (var number = 6; number <= 10; number++)
        {
            Update(number);
        }

        return this;
    }

    private EventTimes Times() => new(default, At(++Now));
}
