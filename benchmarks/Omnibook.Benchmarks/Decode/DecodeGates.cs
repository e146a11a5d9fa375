using System.Globalization;

namespace Omnibook.Benchmarks.Decode;

/// <summary>
/// The bars for decoding, measured in a few seconds: every contestant in turn, several rounds, the best of each counts, since
/// whatever else the machine does can only slow it. Only ratios within this one run are judged.
/// </summary>
internal static class DecodeGates
{
    private const int Rounds = 7;

    /// <summary>Measures, prints, and tells whether every bar holds.</summary>
    public static bool Run(TextWriter output)
    {
        var recorded = RecordedDepth.Longest();
        DepthContestant[] contestants =
        [
            new NaiveDepth(recorded),
            new FloorDepth(recorded, "Utf8JsonReader, scaled longs, sorted array", _ => new SortedArraySide()),
            new FloorDepth(recorded, "Utf8JsonReader, scaled longs, indexed array", sign => new IndexedSide(sign)),
            new OmnibookDepth(recorded),
        ];
        output.WriteLine($"{recorded.File}: {recorded.Depth.Length} depth frames, {recorded.Levels} levels, {recorded.Trades.Length} trades");

        var figures = contestants.Select(_ => Figure.None).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < contestants.Length; i++)
            {
                figures[i] = figures[i].Better(Play(contestants[i], recorded));
            }
        }

        for (var i = 0; i < contestants.Length; i++)
        {
            Print(output, contestants[i].Name, figures[i], recorded.Depth.Length, recorded.Levels);
        }

        return PrintDecoding(output, recorded) & Judge(output, figures[0], figures[2], figures[3]);
    }

    private static Figure Play(DepthContestant contestant, RecordedDepth recorded)
    {
        contestant.Restart();
        var figure = Measure(() => contestant.ApplyAll(recorded.Depth), recorded.Depth.Length);
        return contestant.Digest() == recorded.ExpectedDigest
            ? figure
            : throw new InvalidOperationException($"{contestant.Name} ends with another book.");
    }

    private static bool PrintDecoding(TextWriter output, RecordedDepth recorded)
    {
        var decoders = new Decoders(recorded);
        var (depth, trades, tokens) = (Figure.None, Figure.None, Figure.None);
        for (var round = 0; round < Rounds * 3; round++)
        {
            depth = depth.Better(Measure(() => decoders.Omnibook(recorded.Depth), recorded.Depth.Length));
            tokens = tokens.Better(Measure(() => Decoders.Tokens(recorded.Depth), recorded.Depth.Length));
            trades = trades.Better(Measure(() => decoders.Omnibook(recorded.Trades), recorded.Trades.Length));
        }

        Print(output, "Utf8JsonReader, tokens only", tokens, recorded.Depth.Length, recorded.Levels);
        Print(output, "Omnibook, decode only", depth, recorded.Depth.Length, recorded.Levels);
        Print(output, "Omnibook, trades, decode only", trades, recorded.Trades.Length, recorded.Trades.Length);
        return Bar(output, "4", "bytes a frame, decode only (depth, trades)", Math.Max(depth.BytesPerFrame, trades.BytesPerFrame), 16, isCeiling: true);
    }

    private static bool Judge(TextWriter output, Figure naive, Figure floor, Figure omnibook) =>
        Bar(output, "1", "times the general floor (tokenizer, indexed array)", floor.Seconds / omnibook.Seconds, 0.6, isCeiling: false)
        & Bar(output, "2", "times the naive baseline", naive.Seconds / omnibook.Seconds, 4, isCeiling: false)
        & Bar(output, "4", "bytes a frame, decode and apply", omnibook.BytesPerFrame, 16, isCeiling: true);

    private static bool Bar(TextWriter output, string gate, string what, double figure, double bar, bool isCeiling)
    {
        var holds = isCeiling ? figure <= bar : figure >= bar;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"gate {gate}: {figure,8:0.00} {what}; {(isCeiling ? "at most" : "at least")} {bar}: {(holds ? "holds" : "FAILS")}"));
        return holds;
    }

    private static void Print(TextWriter output, string name, Figure figure, int frames, int levels) =>
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-46} {frames / figure.Seconds,12:#,0} frames/s {figure.Seconds * 1e9 / levels,8:0.0} ns/level {figure.BytesPerFrame,8:0.0} B/frame"));

    private static Figure Measure(Func<long> work, int frames)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = TimeProvider.System.GetTimestamp();
        GC.KeepAlive(work());
        var elapsed = TimeProvider.System.GetElapsedTime(started);
        return new Figure(elapsed.TotalSeconds, (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)frames);
    }

    /// <summary>One pass over all frames.</summary>
    private readonly record struct Figure(double Seconds, double BytesPerFrame)
    {
        public static Figure None => new(double.PositiveInfinity, double.PositiveInfinity);

        public Figure Better(Figure other) => new(Math.Min(Seconds, other.Seconds), Math.Min(BytesPerFrame, other.BytesPerFrame));
    }
}
