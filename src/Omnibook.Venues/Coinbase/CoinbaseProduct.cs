using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Coinbase;

/// <summary>What a session knows of one product.</summary>
internal sealed class CoinbaseProduct(Instrument instrument, CoinbaseTape tape)
{
    private readonly int[] _streams = [.. Enum.GetValues<Channel>().Select(_ => -1)];
    private bool _isGivenUp;

    /// <summary>The instrument.</summary>
    public Instrument Instrument { get; } = instrument;

    /// <summary>Which of its trades are ours to tell.</summary>
    public CoinbaseTape Tape { get; } = tape;

    /// <summary>The number of its latest book frame; -1 before the first, and after a hole.</summary>
    public long LastBook { get; set; } = -1;

    /// <summary>A book of it came on this connection.</summary>
    public bool HasBook { get; set; }

    /// <summary>The status channel says that it is gone.</summary>
    public bool IsDelisted { get; set; }

    /// <summary>Its book was unsubscribed so as to begin anew. Set by whoever asks, while frames are translated.</summary>
    public bool IsGivenUp
    {
        get => Volatile.Read(ref _isGivenUp);
        set => Volatile.Write(ref _isGivenUp, value);
    }

    /// <summary>The index of a stream of it in the plan; -1 where it is not planned.</summary>
    public ref int StreamOf(Channel channel) => ref _streams[(int)channel];

    /// <summary>Adds a book event.</summary>
    /// <param name="number">The frame's, raised so that it is above those of earlier connections.</param>
    /// <param name="isSnapshot">A whole book, or a change.</param>
    /// <param name="bids">Its bids.</param>
    /// <param name="asks">Its asks.</param>
    /// <param name="times">The two clocks.</param>
    /// <param name="batch">Takes the event.</param>
    /// <remarks>
    /// Numbers count the frames of the connection, so those between two of one book are of others. The session has found that none
    /// is missing; hence a change covers everything since the book's frame before.
    /// </remarks>
    public void AddBook(long number, bool isSnapshot, LevelBuffer bids, LevelBuffer asks, EventTimes times, EventBatch batch)
    {
        if (isSnapshot)
        {
            batch.On(new BookSnapshot(Instrument.Id, number, times), bids.Levels, asks.Levels);
            IsGivenUp = false;
        }
        else
        {
            var first = LastBook < 0 ? number : Math.Min(LastBook + 1, number);
            batch.On(new BookUpdate(Instrument.Id, first, number, times), bids.Levels, asks.Levels);
        }

        (LastBook, HasBook) = (number, true);
    }
}
