namespace Omnibook.Server.Streams;

/// <summary>What happens to the frames of a topic that a client has not read yet when the next one comes.</summary>
internal enum OutboxPolicy
{
    /// <summary>The frames are states (books, prices): only the newest waits, older ones are worth nothing.</summary>
    NewestOnly,

    /// <summary>The frames are events (trades): they wait in order in a ring; a full ring drops the oldest, and counts it.</summary>
    DropOldest,
}
