using Omnibook.Benchmarks.Books;
using Omnibook.Benchmarks.Decode;
using Omnibook.Benchmarks.Measuring;

namespace Omnibook.Benchmarks.Wire;

/// <summary>
/// The bars for decoding at every other venue than Binance USD-M: real frames where there are enough of them, otherwise made ones in the
/// venue's own wire text. Each is judged against the general floor of the same run.
/// </summary>
internal static class VenueGates
{
    /// <summary>What the floor is.</summary>
    public const string Floor = "Utf8JsonReader, scaled longs, indexed array";

    private const int Frames = 5_000;

    /// <summary>Measures, prints, and tells whether every bar holds.</summary>
    public static bool Run(TextWriter output)
    {
        var spot = RecordedDepth.LongestSpot().Frames;
        var holds = Run(output, spot, new FloorDepth(spot, Floor, sign => new IndexedSide(sign)));
        var bybit = BybitFrames.Write(new MadeLevels(1, 400, Frames, levelsPerFrame: 30, reach: 12));
        holds &= Run(output, bybit, new BybitFloor(bybit));
        var coinbase = CoinbaseFrames.Write(new MadeLevels(2, 10_000, Frames, levelsPerFrame: 12, touch: 6_890_000, largest: 2_000_000_000));
        holds &= Run(output, coinbase, new CoinbaseFloor(coinbase, sign => new IndexedSide(sign)));
        var whole = CoinbaseFrames.WriteSnapshots(new MadeLevels(3, 44_000, 0, touch: 6_890_000, largest: 2_000_000_000), times: 8);
        holds &= Run(output, whole, new CoinbaseFloor(whole, sign => new RefilledSide(sign)));
        var hyperliquid = HyperliquidFrames.Write(new MadeLevels(4, 200, Frames, levelsPerFrame: 30, touch: 61_700, reach: 8, largest: 200_000));
        holds &= Run(output, hyperliquid, new HyperliquidFloor(hyperliquid));
        var lighter = LighterFrames.Write(new MadeLevels(5, 6_800, Frames, levelsPerFrame: 12, largest: 2_000_000));
        return Run(output, lighter, new LighterFloor(lighter)) && holds;
    }

    private static bool Run(TextWriter output, DepthFrames frames, DepthContestant floor)
    {
        var omnibook = new OmnibookDepth(frames);
        var best = Rounds.Best(() => DecodeGates.Play(floor, frames), () => DecodeGates.Play(omnibook, frames));
        var (slow, fast) = (best[0], best[1]);
        output.WriteLine($"{frames.Name}: {frames.Depth.Length} frames of {frames.Depth.Sum(frame => (long)frame.Length) / frames.Depth.Length} B, {frames.Levels} levels");
        Bars.Print(output, floor.Name, slow, frames.Depth.Length, frames.Levels);
        Bars.Print(output, omnibook.Name, fast, frames.Depth.Length, frames.Levels);
        return Bars.Judge(output, "1", "times the general floor", slow.Seconds / fast.Seconds, 0.6, isCeiling: false)
            & Bars.Judge(output, "4", "bytes a frame, decode and apply", fast.BytesPerFrame, 16, isCeiling: true);
    }
}
