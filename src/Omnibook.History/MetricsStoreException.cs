namespace Omnibook.History;

/// <summary>The kept metrics cannot be opened, read or written. Nothing of the failed call was stored.</summary>
public sealed class MetricsStoreException : Exception
{
    /// <summary>Creates the exception.</summary>
    public MetricsStoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
