namespace Omnibook.History.Journal;

/// <summary>A journal was written by a newer version than this one, which leaves it as it is.</summary>
public sealed class JournalVersionException(string message) : Exception(message);
