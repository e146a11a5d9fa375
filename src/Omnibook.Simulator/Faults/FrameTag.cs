namespace Omnibook.Simulator.Faults;

/// <summary>What a frame is about, for the faults that pick frames.</summary>
/// <param name="Symbol">The symbol, or null when it is about many.</param>
/// <param name="Channel">The kind of stream.</param>
/// <param name="IsData">False for acknowledgements, pongs and errors, which only a stall holds back.</param>
internal readonly record struct FrameTag(string? Symbol, string? Channel, bool IsData)
{
    /// <summary>An acknowledgement, a pong or an error.</summary>
    public static FrameTag Control => default;

    /// <summary>A data frame.</summary>
    public static FrameTag Data(string? symbol, string channel) => new(symbol, channel, IsData: true);
}
