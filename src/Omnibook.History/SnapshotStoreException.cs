namespace Omnibook.History;

/// <summary>The snapshot file cannot be opened, read or written. Nothing of the failed call was stored.</summary>
public sealed class SnapshotStoreException : Exception
{
    /// <summary>Creates the exception.</summary>
    public SnapshotStoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
