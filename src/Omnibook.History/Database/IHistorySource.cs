namespace Omnibook.History.Database;

/// <summary>Where the database learns what happened: the journal. It can be read again and again.</summary>
public interface IHistorySource
{
    /// <summary>The first position that can still be read.</summary>
    long First { get; }

    /// <summary>The last position that has reached the disk, and so will never mean something else; one less than <see cref="First"/> while there is none.</summary>
    long Last { get; }

    /// <summary>Reads what there is now, in the order of positions. On the database's own thread.</summary>
    /// <param name="from">The first position that is wanted; what is lost is passed over.</param>
    /// <param name="upTo">The last position that is wanted; nothing beyond <see cref="Last"/> is given in any case.</param>
    /// <param name="intake">Takes it.</param>
    /// <param name="cancellation">Ends it at the next record.</param>
    /// <returns>The position to go on with next time: behind everything that was read.</returns>
    long Read(long from, long upTo, HistoryIntake intake, CancellationToken cancellation);
}
