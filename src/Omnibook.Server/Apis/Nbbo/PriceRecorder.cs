using Omnibook.Core.Instruments;
using Omnibook.History;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary>Stores the best prices of the aggregate and of its members at a steady pace, whether or not anybody watches.</summary>
internal sealed class PriceRecorder(
    AggregateBook book, PriceSnapshotStore store, NbboRules rules, TimeProvider time, ILogger<PriceRecorder> log) : BackgroundService
{
    private bool _failing;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var pace = new PeriodicTimer(rules.SnapshotInterval, time);
        while (await pace.WaitForNextTickAsync(stoppingToken))
        {
            await RecordAsync(stoppingToken);
        }
    }

    private async Task RecordAsync(CancellationToken stoppingToken)
    {
        try
        {
            var rows = RowsOf(await book.ReadMembersAsync(stoppingToken), time.GetUtcNow().ToUnixTimeMilliseconds());
            await Task.WhenAll(rows.Select(row => store.InsertAsync(row, stoppingToken)));
            _failing = false;
        }
        catch (SnapshotStoreException failure)
        {
            // Said once, not every four seconds: the disk is full until somebody makes room.
            log.Log(_failing ? LogLevel.Debug : LogLevel.Error, failure, "Prices are not stored: {Why}", failure.Message);
            _failing = true;
        }
    }

    /// <summary>One row a member with both best prices, and one of the best of them.</summary>
    private IEnumerable<PriceSnapshot> RowsOf(IReadOnlyList<MemberReading> members, long timestamp)
    {
        var quotes = members.Where(member => member.IsTwoSided).ToList();
        foreach (var quote in quotes)
        {
            yield return PriceSnapshot.Of(quote.Coin, NbboRules.DexOf(quote.Coin), timestamp, Bid(quote), Ask(quote));
        }

        if (members.Any(member => member.Bid is not null) && members.Any(member => member.Ask is not null))
        {
            yield return PriceSnapshot.Of(
                rules.Coin,
                PriceSnapshot.Aggregated,
                timestamp,
                members.Where(member => member.Bid is not null).Max(Bid),
                members.Where(member => member.Ask is not null).Min(Ask));
        }
    }

    private static decimal Bid(MemberReading member) => Amount(member, member.Bid!.Value);

    private static decimal Ask(MemberReading member) => Amount(member, member.Ask!.Value);

    private static decimal Amount(MemberReading member, Price price) => member.Instrument!.PriceScale.ToDecimal(price.Units);
}
