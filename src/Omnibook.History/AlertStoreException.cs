namespace Omnibook.History;

/// <summary>The alerts cannot be opened, read or written. Nothing of the failed call was stored.</summary>
public sealed class AlertStoreException : Exception
{
    /// <summary>Creates the exception.</summary>
    public AlertStoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
