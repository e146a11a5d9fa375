namespace Omnibook.History.Database;

/// <summary>Why a question has no answer.</summary>
public enum HistoryTrouble
{
    /// <summary>There is no database: no library, or it cannot be opened now.</summary>
    Unavailable,

    /// <summary>Too many questions wait already.</summary>
    Busy,

    /// <summary>It took longer than it may.</summary>
    TooSlow,

    /// <summary>The answer has more rows than it may.</summary>
    TooMuch,

    /// <summary>There is nothing of what was asked for.</summary>
    Nothing,
}

/// <summary>A question that has no answer.</summary>
/// <param name="trouble">Why, for programs.</param>
/// <param name="message">Why, in words that a client may read.</param>
/// <param name="cause">What brought it about.</param>
public sealed class HistoryException(HistoryTrouble trouble, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Why, for programs.</summary>
    public HistoryTrouble Trouble => trouble;
}
