namespace Omnibook.Venues.TreeOfAlpha;

/// <summary>How Tree of Alpha wants to be treated. Its pages name no limits and no rule of keep-alive; these are the habits of its clients.</summary>
internal static class TreeOfAlphaRules
{
    public static VenueRules Public { get; } = new()
    {
        // Clients send the text each 5 to 10 s and are answered "pong"; others send WebSocket pings, as the feed does too.
        Ping = "ping"u8.ToArray(),
        PingInterval = TimeSpan.FromSeconds(10),

        // News may be silent for hours, a socket that answers pings may not. One that never answered is not held to it.
        SilenceLimit = TimeSpan.FromSeconds(25),
        SilenceNeedsFirstFrame = true,
        MaxFrameBytes = 1024 * 1024,

        // Three requests a minute at the most are what is needed, and larger pages after a long absence.
        RestWeight = 30,
        RestWindow = TimeSpan.FromMinutes(1),
    };
}
