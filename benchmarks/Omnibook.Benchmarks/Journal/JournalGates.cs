using System.Globalization;
using Omnibook.Benchmarks.Measuring;
using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.History.Journal;
using Omnibook.History.Segments;

namespace Omnibook.Benchmarks.Journal;

/// <summary>The bars of the journal: how fast trades go in and come out, and how many bytes of disk each takes.</summary>
internal static class JournalGates
{
    private const int Trades = 200_000;
    private const int Burst = 20;
    private const double FewestPerSecond = 500_000;
    private const double MostBytes = 12;

    /// <summary>Measures, prints, and tells whether the bars hold.</summary>
    public static bool Run(TextWriter output)
    {
        var (catalog, trades) = (MadeTrades.Catalog(), MadeTrades.Make(Trades));
        var encoder = new JournalEncoder(catalog);
        var decoder = new JournalDecoder { Instruments = [.. catalog.Instruments.Select(one => new ListedInstrument(one, one.Listing))] };
        var records = Records(encoder, trades);
        var best = Rounds.Best(
            () => Figure.Measure(() => Encode(encoder, trades), Trades),
            () => Figure.Measure(() => Decode(decoder, records), Trades),
            () => Figure.Measure(() => NaiveJournals.Json(trades), Trades),
            () => Figure.Measure(() => NaiveJournals.Memory(trades), Trades));
        Print(output, "into records", best[0], Encode(encoder, trades) / (double)Trades);
        Print(output, "out of records", best[1], double.NaN);
        Print(output, "a line of JSON each", best[2], NaiveJournals.Json(trades) / (double)Trades);
        Print(output, "memory as it is", best[3], NaiveJournals.Memory(trades) / (double)Trades);
        return ThroughTheMarket(output, trades)
            & Bars.Judge(output, "journal", "trades/µs out of records", Trades / best[1].Seconds / 1e6, FewestPerSecond / 1e6, isCeiling: false)
            & Bars.Judge(output, "journal", "B allocated a trade", best[0].BytesPerFrame + best[1].BytesPerFrame, 0.01, isCeiling: true);
    }

    /// <summary>Market, journal, segments, disk: the time of all threads together, and the bytes in the folder.</summary>
    private static bool ThroughTheMarket(TextWriter output, Trade[] trades)
    {
        var (best, bytes) = (TimeSpan.MaxValue, 0L);
        for (var round = 0; round < 5; round++)
        {
            var folder = Directory.CreateTempSubdirectory("omnibook-journal-bench-");
            var before = Environment.CpuUsage.TotalTime;
            JournalAsync(folder.FullName, trades).GetAwaiter().GetResult();
            var took = Environment.CpuUsage.TotalTime - before;
            best = took < best ? took : best;
            bytes = folder.EnumerateFiles().Sum(file => file.Length);
            folder.Delete(recursive: true);
        }

        return Bars.Judge(output, "journal", "trades/µs from market to disk, processor time of all threads", trades.Length / best.TotalSeconds / 1e6, FewestPerSecond / 1e6, isCeiling: false)
            & Bars.Judge(output, "journal", "B on disk a trade", bytes / (double)trades.Length, MostBytes, isCeiling: true);
    }

    private static async Task JournalAsync(string folder, Trade[] trades)
    {
        var catalog = MadeTrades.Catalog();
        await using var journal = new MarketJournal(folder, new JournalOptions { Segments = new SegmentOptions { MaxWaitingBytes = 1 << 30 } }, catalog, TimeProvider.System);
        var market = new Market(catalog, []);
        for (var i = 0; i < trades.Length; i++)
        {
            market.On(trades[i]);
            if (i % Burst == Burst - 1)
            {
                journal.Append(market.Changes);
                market.Changes.Clear();
            }
        }
    }

    private static long Encode(JournalEncoder encoder, Trade[] trades)
    {
        var bytes = 0L;
        foreach (ref readonly var trade in trades.AsSpan())
        {
            encoder.On(trade);
            if (encoder.Length >= 4096)
            {
                bytes += encoder.Length;
                encoder.Clear();
            }
        }

        bytes += encoder.Length;
        encoder.Clear();
        return bytes;
    }

    private static List<byte[]> Records(JournalEncoder encoder, Trade[] trades)
    {
        List<byte[]> records = [];
        foreach (var trade in trades)
        {
            encoder.On(trade);
            if (encoder.Length >= 4096)
            {
                records.Add(encoder.Written.ToArray());
                encoder.Clear();
            }
        }

        records.Add(encoder.Written.ToArray());
        encoder.Clear();
        return records;
    }

    private static long Decode(JournalDecoder decoder, List<byte[]> records)
    {
        foreach (var record in records)
        {
            decoder.Decode(record, 0, Sum.Instance);
        }

        return Sum.Instance.Quantity;
    }

    private static void Print(TextWriter output, string name, Figure figure, double bytes) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-22} {Trades / figure.Seconds,12:#,0} trades/s {(double.IsNaN(bytes) ? "" : bytes.ToString("0.0 B/trade", CultureInfo.InvariantCulture)),14} {figure.BytesPerFrame,8:0.00} B allocated"));

    private sealed class Sum : JournalObserver
    {
        public static Sum Instance { get; } = new();

        public long Quantity { get; private set; }

        public override void On(in Trade trade) => Quantity += trade.Quantity.Units;
    }
}
