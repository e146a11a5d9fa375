using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Server.Apis.Health;

/// <summary>Says the state of a book in words that a person can act on.</summary>
internal static class BookWords
{
    /// <summary>State and reason: <c>resyncing: an update is missing, a snapshot was asked for</c>.</summary>
    public static string Describe(in BookStatus status)
    {
        var reason = Explain(status.Reason);
        return reason.Length == 0 ? NameOf(status.State) : $"{NameOf(status.State)}: {reason}";
    }

    /// <summary>The state in lower case, words joined by hyphens: <c>rate-limited</c>.</summary>
    public static string NameOf(BookState state) => state switch
    {
        BookState.RateLimited => "rate-limited",
        BookState.GeoBlocked => "geo-blocked",
        _ => state.ToString().ToLowerInvariant(),
    };

    private static string Explain(string reason) => reason switch
    {
        StatusReasons.None => string.Empty,
        StatusReasons.Starting => "the server has just started",
        StatusReasons.Connecting => "a connection is being made",
        StatusReasons.NameResolution => "the venue's name cannot be resolved; check the network and DNS",
        StatusReasons.Certificate => "the venue's certificate was refused; check the clock and any proxy in between",
        StatusReasons.Refused => "the venue refused the handshake",
        StatusReasons.Disconnected => "the connection ended and is being made anew",
        StatusReasons.AwaitingSnapshot => "waiting for the first snapshot",
        StatusReasons.SnapshotFailed => "the snapshot could not be fetched and will be asked for again",
        StatusReasons.Gap => "an update is missing, a snapshot was asked for",
        StatusReasons.SequenceRestarted => "the venue began to count anew, a snapshot was asked for",
        StatusReasons.BufferOverflow => "the snapshot took too long",
        StatusReasons.Malformed => "a message could not be read, a snapshot was asked for",
        StatusReasons.FeedSilent => "the socket is open and nothing comes",
        StatusReasons.ChannelSilent => "other channels deliver, this one does not",
        StatusReasons.Lagging => "messages come later than usual, so that it takes part in no composite; check the line to the venue",
        StatusReasons.Quiet => "nothing happens in this market, as the venue says when asked",
        StatusReasons.Relisted => "the venue counts it in finer steps now; follow it anew",
        StatusReasons.EmptyBook => "the venue shows no level on either side",
        StatusReasons.Crossed => "the best bid is not below the best ask, a snapshot was asked for",
        StatusReasons.VerifyMismatch => "the book differed from the venue's, a snapshot was asked for",
        StatusReasons.RateLimited => "the venue says that we ask too often",
        StatusReasons.GeoBlocked => "the venue refuses this address; another region or another venue is needed",
        StatusReasons.Delisted => "the venue does not list it any more",
        StatusReasons.SubscriptionRefused => "the venue refused the subscription; check the symbol",
        StatusReasons.Disabled => "switched off by configuration",
        StatusReasons.NotFollowed => "nobody asks for it any more; it is followed again when somebody does",
        StatusReasons.ReplayEnded => "the recorded frames ended",
        _ => reason,
    };
}
