using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Feed;

/// <summary>Is told when streams of trades begin, break, are in doubt and go on, so that what was traded in between can be fetched.</summary>
public interface ITradeStreams
{
    /// <summary>
    /// A connection is about to be read, and whatever came over the one before has been handed on. The feed waits for the answer before it reads.
    /// </summary>
    /// <param name="instruments">Whose trades are on it.</param>
    /// <param name="isFirst">True for the first connection of a feed: nobody listened before, so that nothing was missed.</param>
    /// <param name="cancellationToken">The feed ends.</param>
    Task OnOpeningAsync(IReadOnlyList<Instrument> instruments, bool isFirst, CancellationToken cancellationToken);

    /// <summary>A frame could not be read, in which trades may have been.</summary>
    /// <param name="instruments">Whose trades are on the connection.</param>
    /// <param name="cancellationToken">The connection ends.</param>
    Task OnDoubtAsync(IReadOnlyList<Instrument> instruments, CancellationToken cancellationToken);

    /// <summary>The venue has accepted the subscription of an instrument's trades: from now on none is missed. Must not block.</summary>
    void OnSubscribed(Instrument instrument);
}
