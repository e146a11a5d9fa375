using System.Diagnostics;
using System.Globalization;
using Omnibook.Benchmarks.Decode;
using Omnibook.Benchmarks.Measuring;
using Omnibook.Core.Flow;
using Omnibook.History.Database;

namespace Omnibook.Benchmarks.History;

/// <summary>The bars of the history: what goes in, what comes out, how large it is, and that the market does not feel it. About two minutes.</summary>
internal static class HistoryGates
{
    private const int Stored = 2_000_000;
    private const int Asked = 10_000_000;
    private const int Inserted = 2_000;
    private const int Repeats = 5;
    private const int Frames = 6_000;

    private const double MostBytes = 16;
    private const double MostMilliseconds = 200;
    private const double LeastTradesPerSecond = 500_000;

    /// <summary>Measures, prints, and tells whether all bars hold.</summary>
    public static bool Run(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("omnibook-history-");
        try
        {
            var holds = Ingest(output, folder.CreateSubdirectory("ingest").FullName);
            return Ask(output, folder.CreateSubdirectory("ask").FullName) & holds;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool Ingest(TextWriter output, string folder)
    {
        var inserts = DirectAppenders.Inserts(folder, Inserted);
        var rows = DirectAppenders.Rows(folder, Stored);
        var chunks = DirectAppenders.Chunks(folder, Stored);
        var ours = IngestMeasure.RunAsync(folder, Stored, Asked, 6).GetAwaiter().GetResult();
        Tell(output, $"one INSERT a trade:                   {inserts,12:#,0} trades/s");
        Tell(output, $"DuckDB alone, row by row:             {rows,12:#,0} trades/s");
        Tell(output, $"DuckDB alone, by chunks:              {chunks,12:#,0} trades/s");
        Tell(output, $"journal and database, CPU of all:     {ours.TradesPerSecond,12:#,0} trades/s; on the market's thread {ours.MarketNanoseconds:0} ns a trade");
        Tell(output, $"on the disk, bytes a trade:           {ours.JournalBytes:0.0} in the journal, {ours.DatabaseBytes:0.0} in the database");
        return Bars.Judge(output, "16", "times as many trades as single INSERTs", ours.TradesPerSecond / inserts, 200, isCeiling: false)
            & Bars.Judge(output, "16", "times DuckDB's row appender", ours.TradesPerSecond / rows, 0.5, isCeiling: false)
            & Bars.Judge(output, "16", "trades a second of one core", ours.TradesPerSecond, LeastTradesPerSecond, isCeiling: false)
            & Bars.Judge(output, "18", "bytes a trade in the journal", ours.JournalBytes, MostBytes, isCeiling: true)
            & Bars.Judge(output, "18", "bytes a trade in the database", ours.DatabaseBytes, MostBytes, isCeiling: true)
            & Bars.Judge(output, "18", "bytes a trade in both", ours.JournalBytes + ours.DatabaseBytes, MostBytes, isCeiling: true);
    }

    private static bool Ask(TextWriter output, string folder)
    {
        var source = new MadeSource(Asked, 1);
        var database = new HistoryDatabase(
            new HistoryDatabaseOptions { Folder = Path.Combine(folder, "history"), MaxRows = 10_000_000, QueryTimeout = TimeSpan.FromMinutes(1) },
            source, MadeTrades.Clock, Console.Error.WriteLine);
        try
        {
            var frames = RecordedDepth.Short().Frames;
            LatencyMeasure.Run(frames, Frames);
            var idle = LatencyMeasure.Run(frames, Frames);
            database.Start();
            var reached = database.ReachAsync(source.Last, CancellationToken.None);
            var storing = LatencyMeasure.Run(frames, Frames);
            reached.GetAwaiter().GetResult();
            WaitUntilClosed(database, Path.Combine(folder, "history"));
            var holds = AskBesidePlain(output, folder, new QueryMeasure(database, source.Instruments[0]));
            return Latencies(output, database, source, frames, idle, storing) & holds;
        }
        finally
        {
            database.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static bool AskBesidePlain(TextWriter output, string folder, QueryMeasure query)
    {
        var (plain, connection) = QueryMeasure.PlainTable(folder, Asked);
        using (plain)
        using (connection)
        {
            var (plainDelta, plainFootprints) = (Best(() => QueryMeasure.PlainDelta(connection)), Best(() => QueryMeasure.PlainFootprints(connection)));
            var original = Best(() => QueryMeasure.OriginalFootprints(connection));
            var delta = Best(() => query.CumulativeDeltaAsync().GetAwaiter().GetResult());
            var footprints = Best(() => query.FootprintsAsync().GetAwaiter().GetResult());
            var ladder = Best(() => query.LadderAsync().GetAwaiter().GetResult());
            Tell(output, $"24 h of {Asked:#,0} trades, plain SQL:   delta {plainDelta:0} ms, footprints {plainFootprints:0} ms; as the original at each tick {original:0} ms");
            Tell(output, $"24 h of {Asked:#,0} trades, ours:        delta {delta:0} ms, footprints {footprints:0} ms, ladder {ladder:0} ms");
            return Bars.Judge(output, "17", "times the plain SQL (delta)", delta / plainDelta, 1.5, isCeiling: true)
                & Bars.Judge(output, "17", "times the plain SQL (footprints)", footprints / plainFootprints, 1.5, isCeiling: true)
                & Bars.Judge(output, "17", "ms of work, delta", delta, MostMilliseconds, isCeiling: true)
                & Bars.Judge(output, "17", "ms of work, footprints", footprints, MostMilliseconds, isCeiling: true)
                & Bars.Judge(output, "17", "ms of work, ladder", ladder, MostMilliseconds, isCeiling: true);
        }
    }

    /// <summary>By the second, so that every trade is read; over and over while frames come.</summary>
    private static bool Latencies(TextWriter output, HistoryDatabase database, MadeSource source, DepthFrames frames, double[] idle, double[] storing)
    {
        using var ending = new CancellationTokenSource();
        var asking = Task.Run(async () =>
        {
            var answers = 0;
            while (!ending.IsCancellationRequested)
            {
                await database.CandlesAsync(source.Instruments[0], HistoryRange.All, FlowInterval.Second, 0, long.MaxValue, CancellationToken.None);
                answers++;
            }

            return answers;
        });
        var busy = LatencyMeasure.Run(frames, Frames);
        ending.Cancel();
        Tell(output, $"frame in, best out, µs (p50 p99):     idle {At(idle, 50):0} {At(idle, 99):0}; storing {At(storing, 50):0} {At(storing, 99):0}; answering {At(busy, 50):0} {At(busy, 99):0} ({asking.GetAwaiter().GetResult()} answers)");
        return Bars.Judge(output, "13", "times the idle p99 while ten million rows are stored and sorted", At(storing, 99) / At(idle, 99), 3, isCeiling: true)
            & Bars.Judge(output, "13", "times the idle p99 while ten million rows are read", At(busy, 99) / At(idle, 99), 3, isCeiling: true);
    }

    private static double At(double[] sorted, int percent) => sorted[sorted.Length * percent / 100];

    private static void WaitUntilClosed(HistoryDatabase database, string folder)
    {
        while (database.Status.State != HistoryState.Current || Directory.GetFiles(folder, "*.live.duckdb").Length > 1)
        {
            Thread.Sleep(100);
        }
    }

    /// <summary>In milliseconds that the process worked: what else runs on the machine takes none of it.</summary>
    private static double Best<T>(Func<T> work)
    {
        using var process = Process.GetCurrentProcess();
        var best = double.MaxValue;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            process.Refresh();
            var began = process.TotalProcessorTime;
            GC.KeepAlive(work());
            process.Refresh();
            best = Math.Min(best, (process.TotalProcessorTime - began).TotalMilliseconds);
        }

        return best;
    }

    private static void Tell(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
