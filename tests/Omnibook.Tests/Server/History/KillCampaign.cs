using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History.Journal;

namespace Omnibook.Tests.Server.History;

/// <summary>
/// The whole program is killed again and again while it journals: no event that it called durable is lost, no trade is kept twice, and the trades in
/// the journal are those of the venues' ledgers, those of the pauses included.
/// </summary>
public sealed class KillCampaign
{
    [Fact]
    public Task Three_kills_lose_nothing_that_was_durable_and_double_nothing() => RunAsync(kills: 3);

    [Fact(Explicit = true)]
    public Task A_hundred_kills_lose_nothing_that_was_durable_and_double_nothing() => RunAsync(kills: 100);

    private static async Task RunAsync(int kills)
    {
        await using var server = await KilledServer.CreateAsync();
        var random = new Random(kills);
        for (var kill = 0; kill < kills; kill++)
        {
            await server.StartAsync();
            await server.JournalAsync(random.Next(20, 120));
            await server.KillAsync();
            var (events, _, damage, next) = server.Read();
            Assert.True(next > server.Acknowledged, $"{server.Acknowledged} was durable, and the journal ends before {next}");
            Assert.All(damage, lost => Assert.True(lost.Last > server.Acknowledged || lost.Last < lost.First, lost.ToString()));
            Assert.Distinct(events.Trades.Select(trade => (trade.Instrument, trade.TradeId)));
        }

        await server.StartAsync();
        await server.JournalAsync(200);
        await LedgerAsync(server);
        Assert.Equal(0, await server.StopAsync());
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {server.Acknowledged} events; the slowest start took {server.SlowestStart.TotalMilliseconds:F0} ms");

        await DamageAsync(server);
    }

    /// <summary>The pauses are made good from REST while the server runs.</summary>
    private static Task LedgerAsync(KilledServer server) =>
        Omnibook.Tests.Time.Eventually.HoldsAsync(() => Difference(server) is null, () => Difference(server) ?? "");

    /// <summary>Bybit by every trade of the ledger, Binance by its numbers, which leave none out.</summary>
    private static string? Difference(KilledServer server)
    {
        var (events, catalog, _, _) = server.Read();
        foreach (var instrument in catalog.Instruments)
        {
            var trades = events.Trades.Where(trade => trade.Instrument == instrument.Id).ToArray();
            var missing = instrument.Venue.Key == "bybit" ? FromLedger(server, instrument, trades) : Uncounted(trades);
            if (trades.Length == 0 || missing is not null)
            {
                return $"{instrument}: {missing}; {string.Join("; ", events.Events.OfType<MissingTrades>())}";
            }
        }

        return null;
    }

    private static string? Uncounted(Trade[] trades)
    {
        var missing = trades.Max(trade => trade.TradeId) - trades.Min(trade => trade.TradeId) + 1 - trades.Length;
        return missing == 0 ? null : $"{missing} numbers are missing";
    }

    private static string? FromLedger(KilledServer server, Instrument instrument, Trade[] trades)
    {
        var rules = server.Simulator.Find(instrument.Venue.Key).Markets[instrument.Symbol].Rules;
        var (first, last) = (trades[0].Times.VenueTime.UnixMilliseconds, trades.Max(trade => trade.Times.VenueTime.UnixMilliseconds) - 1000);
        var kept = trades.Select(trade => (
            At: trade.Times.VenueTime.UnixMilliseconds,
            Price: instrument.PriceScale.ToDecimal(trade.Price.Units),
            Quantity: instrument.QuantityScale.ToDecimal(trade.Quantity.Units),
            IsBuy: trade.TakerSide == TakerSide.Buy)).Where(trade => trade.At > first && trade.At <= last).Order().ToArray();
        var made = server.Simulator.Trades(instrument.Venue.Key, instrument.Symbol).Select(trade => (
            At: trade.Milliseconds,
            Price: rules.PriceScale.ToDecimal(trade.Price),
            Quantity: rules.QuantityScale.ToDecimal(trade.Quantity),
            IsBuy: trade.TakerSide == Side.Bid)).Where(trade => trade.At > first && trade.At <= last).Order().ToArray();
        return kept.SequenceEqual(made) ? null : $"{kept.Length} kept, {made.Length} made, missing {string.Join(", ", made.Except(kept).Take(3))}, too many {string.Join(", ", kept.Except(made).Take(3))}";
    }

    /// <summary>Ten bits of each file flip while the server is down: it starts, says so, and goes on.</summary>
    private static async Task DamageAsync(KilledServer server)
    {
        var before = server.Read().Events.Events.Count;
        var random = new Random(5);
        foreach (var file in Directory.GetFiles(server.Journal))
        {
            var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            for (var i = 0; i < 10; i++)
            {
                bytes[random.Next(bytes.Length)] ^= 0x20;
            }

            await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        }

        await server.StartAsync();
        await Omnibook.Tests.Time.Eventually.HoldsAsync(() => server.History().GetProperty("checked").GetBoolean(), "the journal was looked through");
        Assert.True(server.History().GetProperty("damages_found").GetInt32() > 0);
        Assert.InRange(server.Read().Events.Events.Count, 1, before + 100_000);
        Assert.Equal(0, await server.StopAsync());
    }
}
