using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.History.Database;
using Omnibook.Tests.Time;
using static Omnibook.Tests.History.Database.MadeHistory;

namespace Omnibook.Tests.History.Database;

public sealed class HistoryUpkeepTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_hour_that_is_over_is_closed_and_the_present_one_grows()
    {
        await using var desk = new HistoryDesk(TimeSpan.FromHours(2));
        desk.Journal.AddMany(2_000, TimeSpan.FromHours(2));
        await desk.CatchUpAsync();
        await Eventually.HoldsAsync(() => Partitions(desk).Count() == 3 && !Partitions(desk).First().Contains("live", StringComparison.Ordinal) && !Partitions(desk).ElementAt(1).Contains("live", StringComparison.Ordinal), "hours are closed");
        Assert.Collection(
            Partitions(desk),
            file => Assert.Matches(@"^2026-11-20T21\.0{20}\.duckdb$", file),
            file => Assert.Matches(@"^2026-11-20T22\.\d{20}\.duckdb$", file),
            file => Assert.Matches(@"^2026-11-20T23\.\d{20}\.live\.duckdb$", file));
    }

    [Fact]
    public async Task A_restart_goes_on_behind_what_is_stored_and_reads_nothing_twice()
    {
        await using var desk = new HistoryDesk(TimeSpan.FromHours(2));
        desk.Journal.AddMany(3_000, TimeSpan.FromHours(2));
        await desk.CatchUpAsync();
        desk.Journal.AddOther();
        desk.Journal.Add(Bitcoin, Trade(Bitcoin, TimeSpan.FromHours(2), 1, 1, TakerSide.Buy));
        var database = await desk.RestartAsync();
        Assert.All(desk.Journal.Given, given => Assert.Equal(1, given.Value));
        Assert.Equal(desk.Journal.Trades.Count, database.Status.Trades);
        Assert.Equal(HistoryState.Current, database.Status.State);
    }

    [Fact]
    public async Task Hours_older_than_the_retention_are_dropped_whole()
    {
        await using var desk = new HistoryDesk(TimeSpan.FromHours(3)) { Options = new HistoryDatabaseOptions { Folder = "", Retention = TimeSpan.FromHours(1.5) } };
        desk.Journal.AddMany(3_000, TimeSpan.FromHours(3));
        var database = await desk.CatchUpAsync();
        await Eventually.HoldsAsync(() => Partitions(desk).Count() == 2, "what is too old was never stored");
        desk.Clock.Advance(TimeSpan.FromHours(1));
        desk.Journal.Add(Bitcoin, Trade(Bitcoin, TimeSpan.FromHours(4), 1, 1, TakerSide.Buy));
        await desk.CatchUpAsync();
        await Eventually.HoldsAsync(() => database.Status.Hours == 2 && Partitions(desk).Count() == 2, "the oldest hour is dropped");
    }

    [Theory]
    [InlineData("T22")]
    [InlineData("live")]
    public async Task A_missing_file_is_made_again_from_the_journal(string which)
    {
        await using var desk = new HistoryDesk(TimeSpan.FromHours(2));
        desk.Journal.AddMany(3_000, TimeSpan.FromHours(2));
        var before = await SumsAsync(await desk.CatchUpAsync());
        await desk.CloseAsync();
        File.Delete(Path.Combine(desk.Folder, Partitions(desk).Last(file => file.Contains(which, StringComparison.Ordinal))));
        Assert.Equal(before, await SumsAsync(await desk.CatchUpAsync()));
    }

    [Fact]
    public async Task Flipped_bytes_in_every_file_are_set_aside_told_and_made_again()
    {
        await using var desk = new HistoryDesk(TimeSpan.FromHours(2));
        desk.Journal.AddMany(20_000, TimeSpan.FromHours(2));
        var before = await SumsAsync(await desk.CatchUpAsync());
        await desk.CloseAsync();
        foreach (var file in desk.Files.Where(file => file.EndsWith(".duckdb", StringComparison.Ordinal) || file.EndsWith(".wal", StringComparison.Ordinal)).ToList())
        {
            Flip(Path.Combine(desk.Folder, file), 10);
        }

        await desk.CatchUpAsync();
        await AskUntilItAnswersAsync(desk, before);
        Assert.Contains(desk.Told, told => told.Contains("set aside", StringComparison.Ordinal));
        Assert.Contains(desk.Files, file => file.Contains(".corrupt-", StringComparison.Ordinal));
        Assert.Equal(before, await SumsAsync(await desk.RestartAsync()));
    }

    [Fact]
    public async Task A_file_of_another_version_is_made_again()
    {
        await using var desk = new HistoryDesk();
        desk.Journal.AddMany(100, TimeSpan.FromMinutes(1));
        await desk.CatchUpAsync();
        await desk.CloseAsync();
        using (var engine = new HistoryEngine(new HistoryDatabaseOptions { Folder = desk.Folder }))
        {
            engine.Attach(Path.Combine(desk.Folder, Partitions(desk).Single()), "old", isReadOnly: false);
            using var connection = engine.Connect();
            connection.Execute("UPDATE old.format SET version = 0", Cancellation);
        }

        Assert.Equal(100, (await desk.CatchUpAsync()).Status.Trades);
        Assert.Contains(desk.Told, told => told.Contains("of version 0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_of_another_journal_are_not_taken_for_this_one()
    {
        await using var desk = new HistoryDesk();
        desk.Journal.AddMany(100, TimeSpan.FromMinutes(1));
        await desk.CatchUpAsync();
        await desk.CloseAsync();
        await using var other = new HistoryDesk();
        Directory.CreateDirectory(other.Folder);
        foreach (var file in desk.Files)
        {
            File.Copy(Path.Combine(desk.Folder, file), Path.Combine(other.Folder, file));
        }

        other.Journal.Add(Bitcoin, Trade(Bitcoin, default, 5, 5, TakerSide.Buy));
        var database = await other.CatchUpAsync();
        Assert.Equal(1, database.Status.Trades);
        Assert.Contains(other.Told, told => told.Contains("the journal up to 0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_leaves_it_degraded_until_it_can()
    {
        await using var desk = new HistoryDesk();
        await File.WriteAllTextAsync(desk.Folder, "in the way", Cancellation);
        desk.Journal.AddMany(10, TimeSpan.FromMinutes(1));
        var reached = desk.CatchUpAsync();
        await Eventually.HoldsAsync(() => desk.Database.Status.State == HistoryState.Degraded, "it says that it is degraded");
        var refusal = await Assert.ThrowsAsync<HistoryException>(() => desk.Database.TradesAsync(Bitcoin, HistoryRange.All, 5, newestFirst: true, Cancellation));
        Assert.Equal(HistoryTrouble.Unavailable, refusal.Trouble);
        File.Delete(desk.Folder);
        await desk.Clock.HoldsAsync(() => reached.IsCompleted, TimeSpan.FromHours(1), "it is opened when it can be");
        Assert.Equal(10, (await reached).Status.Trades);
        Assert.Equal(HistoryState.Current, desk.Database.Status.State);
    }

    private static IEnumerable<string> Partitions(HistoryDesk desk) => desk.Files.Where(file => file.EndsWith(".duckdb", StringComparison.Ordinal));

    private static async Task AskUntilItAnswersAsync(HistoryDesk desk, string expected)
    {
        var answer = "";
        for (var tries = 0; tries < 20 && answer != expected; tries++)
        {
            try
            {
                answer = await SumsAsync(desk.Database);
            }
            catch (HistoryException)
            {
                desk.Clock.Advance(desk.Options.RetryAfter);
                await desk.Database.ReachAsync(desk.Journal.Last, Cancellation);
            }
        }

        Assert.Equal(expected, answer);
    }

    /// <summary>Everything that there is to ask, in one line.</summary>
    private static async Task<string> SumsAsync(HistoryDatabase database)
    {
        var trades = await database.TradesAsync(Bitcoin, HistoryRange.All, 100_000, newestFirst: false, Cancellation);
        var slices = await database.SlicesAsync(Bitcoin, HistoryRange.All, FlowInterval.Minute, long.MaxValue, Cancellation);
        var sum = slices.Slices.SelectMany(slice => slice.Cells).Aggregate((Int128)0, (total, cell) => total + cell.Price.Units * (cell.Bought - cell.Sold));
        return $"{trades.Count} {trades.Sum(trade => trade.Trade.Quantity.Units)} {slices.Slices.Count} {sum}";
    }

    private static void Flip(string path, int times)
    {
        var bytes = File.ReadAllBytes(path);
        for (var i = 0; i < times && bytes.Length > 0; i++)
        {
            bytes[(long)bytes.Length * (2 * i + 1) / (2 * times)] ^= 0x10;
        }

        File.WriteAllBytes(path, bytes);
    }
}
