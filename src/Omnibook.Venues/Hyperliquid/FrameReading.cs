namespace Omnibook.Venues.Hyperliquid;

/// <summary>How the reading of a frame's data ended.</summary>
internal enum FrameReading
{
    /// <summary>Everything needed was there.</summary>
    Complete,

    /// <summary>Well formed, but of a coin that nobody asked for.</summary>
    UnknownCoin,

    /// <summary>A needed field is missing or is not what it should be.</summary>
    Malformed,
}
