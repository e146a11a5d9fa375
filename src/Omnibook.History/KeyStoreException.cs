namespace Omnibook.History;

/// <summary>The keys cannot be opened, read or written. Nothing of the failed call was stored.</summary>
public sealed class KeyStoreException : Exception
{
    /// <summary>Creates the exception.</summary>
    public KeyStoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
