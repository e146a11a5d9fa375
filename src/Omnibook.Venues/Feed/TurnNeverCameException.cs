namespace Omnibook.Venues.Feed;

/// <summary>A request was given up while it waited for its turn: nothing was sent, so that the venue's silence is not the venue's fault.</summary>
/// <param name="token">What gave it up.</param>
public sealed class TurnNeverCameException(CancellationToken token)
    : OperationCanceledException("The request was given up while it waited for its turn.", token);
