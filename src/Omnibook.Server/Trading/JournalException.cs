namespace Omnibook.Server.Trading;

/// <summary>The journal of orders cannot be written or read. What was to be written down was not sent.</summary>
internal sealed class JournalException(string message, Exception? inner = null) : Exception(message, inner);
