using Omnibook.Benchmarks.Measuring;

namespace Omnibook.Benchmarks.Decode;

/// <summary>
/// The bars for decoding, measured in a few seconds: every contestant in turn, several rounds, the best of each counts, since
/// whatever else the machine does can only slow it. Only ratios within this one run are judged.
/// </summary>
internal static class DecodeGates
{
    /// <summary>Measures, prints, and tells whether every bar holds.</summary>
    public static bool Run(TextWriter output)
    {
        var recorded = RecordedDepth.Longest();
        DepthContestant[] contestants =
        [
            new NaiveDepth(recorded.Frames),
            new FloorDepth(recorded.Frames, "Utf8JsonReader, scaled longs, sorted array", _ => new SortedArraySide()),
            new FloorDepth(recorded.Frames, "Utf8JsonReader, scaled longs, indexed array", sign => new IndexedSide(sign)),
            new OmnibookDepth(recorded.Frames),
        ];
        output.WriteLine($"{recorded.Frames.Name}: {recorded.Frames.Depth.Length} depth frames, {recorded.Frames.Levels} levels, {recorded.Trades.Length} trades");

        var figures = Rounds.Best([.. contestants.Select<DepthContestant, Func<Figure>>(contestant => () => Play(contestant, recorded.Frames))]);
        for (var i = 0; i < contestants.Length; i++)
        {
            Bars.Print(output, contestants[i].Name, figures[i], recorded.Frames.Depth.Length, recorded.Frames.Levels);
        }

        return PrintDecoding(output, recorded) & Judge(output, figures[0], figures[2], figures[3]);
    }

    /// <summary>Applies all frames, after the book they begin with, and compares what comes of it.</summary>
    internal static Figure Play(DepthContestant contestant, DepthFrames frames)
    {
        contestant.Restart();
        var figure = Figure.Measure(() => contestant.ApplyAll(frames.Depth), frames.Depth.Length);
        return contestant.Digest() == frames.ExpectedDigest
            ? figure
            : throw new InvalidOperationException($"{contestant.Name} ends with another book of {frames.Name}.");
    }

    private static bool PrintDecoding(TextWriter output, RecordedDepth recorded)
    {
        var decoders = new Decoders(recorded);
        var best = Rounds.Best(
            () => Figure.Measure(() => decoders.Omnibook(recorded.Frames.Depth), recorded.Frames.Depth.Length),
            () => Figure.Measure(() => Decoders.Tokens(recorded.Frames.Depth), recorded.Frames.Depth.Length),
            () => Figure.Measure(() => decoders.Omnibook(recorded.Trades), recorded.Trades.Length));
        var (depth, tokens, trades) = (best[0], best[1], best[2]);
        Bars.Print(output, "Utf8JsonReader, tokens only", tokens, recorded.Frames.Depth.Length, recorded.Frames.Levels);
        Bars.Print(output, "Omnibook, decode only", depth, recorded.Frames.Depth.Length, recorded.Frames.Levels);
        Bars.Print(output, "Omnibook, trades, decode only", trades, recorded.Trades.Length, recorded.Trades.Length);
        return Bars.Judge(output, "4", "bytes a frame, decode only (depth, trades)", Math.Max(depth.BytesPerFrame, trades.BytesPerFrame), 16, isCeiling: true);
    }

    private static bool Judge(TextWriter output, Figure naive, Figure floor, Figure omnibook) =>
        Bars.Judge(output, "1", "times the general floor (tokenizer, indexed array)", floor.Seconds / omnibook.Seconds, 0.6, isCeiling: false)
        & Bars.Judge(output, "2", "times the naive baseline", naive.Seconds / omnibook.Seconds, 4, isCeiling: false)
        & Bars.Judge(output, "4", "bytes a frame, decode and apply", omnibook.BytesPerFrame, 16, isCeiling: true);
}
