using System.Diagnostics;
using Omnibook.Benchmarks.Measuring;
using Omnibook.Core;
using Omnibook.History.Database;
using Omnibook.History.Journal;

namespace Omnibook.Benchmarks.History;

/// <summary>What a trade costs on its way from the market into the journal and the database.</summary>
/// <param name="TradesPerSecond">Of one core: all threads of the process counted together.</param>
/// <param name="MarketNanoseconds">Of a trade on the market's thread, for the journal alone.</param>
/// <param name="JournalBytes">Of a trade on the disk.</param>
/// <param name="DatabaseBytes">Of a trade on the disk.</param>
internal sealed record IngestMeasure(double TradesPerSecond, double MarketNanoseconds, double JournalBytes, double DatabaseBytes)
{
    private const int Burst = 50;
    private const long WaitingBytesAtMost = 8 * 1024 * 1024;

    /// <summary>Lets the market accept trades, and waits until they are durable and can be asked for.</summary>
    public static async Task<IngestMeasure> RunAsync(string folder, int count, int aDay, int instruments)
    {
        var catalog = MadeTrades.NewCatalog(instruments);
        var (journalFolder, databaseFolder) = (Path.Combine(folder, "journal"), Path.Combine(folder, "history"));
        var market = new Market(catalog, []);
        var trades = new MadeTrades(aDay, instruments);
        await using var journal = new MarketJournal(journalFolder, new JournalOptions(), catalog, TimeProvider.System);
        using var source = new JournalSource(journalFolder, () => journal.DurablePosition);
        await using var database = new HistoryDatabase(new HistoryDatabaseOptions { Folder = databaseFolder }, source, MadeTrades.Clock, Console.Error.WriteLine);
        using var process = Process.GetCurrentProcess();
        var (cpuBefore, made) = (process.TotalProcessorTime, 0.0);
        database.Start();
        var appending = 0.0;
        for (var done = 0; done < count; done += Burst)
        {
            var began = ThreadClock.Seconds;
            for (var i = 0; i < Burst; i++)
            {
                market.On(trades.Next());
            }

            var applied = ThreadClock.Seconds;
            made += applied - began;
            journal.Append(market.Changes);
            appending += ThreadClock.Seconds - applied;
            market.Changes.Clear();
            while (journal.WaitingBytes > WaitingBytesAtMost)
            {
                Thread.Sleep(1);
            }
        }

        await journal.FlushAsync();
        await database.ReachAsync(journal.Position, CancellationToken.None);
        process.Refresh();
        var cpu = (process.TotalProcessorTime - cpuBefore).TotalSeconds - made;
        if (journal.Health.Lost > 0)
        {
            throw new InvalidOperationException($"{journal.Health.Lost} trades were lost.");
        }

        await ClosedHoursAsync(database, databaseFolder);
        return new IngestMeasure(count / cpu, appending / count * 1e9, (double)BytesOf(journalFolder) / count, (double)BytesOf(databaseFolder) / count);
    }

    private static async Task ClosedHoursAsync(HistoryDatabase database, string folder)
    {
        while (database.Status.State != HistoryState.Current || Directory.GetFiles(folder, "*.live.duckdb").Length > 1)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private static long BytesOf(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
