namespace Omnibook.History;

/// <summary>The paper positions cannot be opened, read or written. Nothing of the failed call was stored.</summary>
public sealed class PaperStoreException : Exception
{
    /// <summary>Creates the exception.</summary>
    public PaperStoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
