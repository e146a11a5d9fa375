using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.Data;

namespace Omnibook.Server.Pipeline.Trades;

/// <summary>Fetches trades that were missed and hands them on by the way that all trades go, where those that were told before are left out.</summary>
/// <param name="data">What the venue answers.</param>
/// <param name="rest">Its host.</param>
/// <param name="loop">Takes the trades.</param>
/// <param name="time">Our clock.</param>
/// <param name="holes">Counts them.</param>
internal sealed class TradeFiller(VenueData data, VenueRest rest, MarketLoop loop, TimeProvider time, TradeHoles holes)
{
    /// <summary>
    /// The most trades that are fetched for one gap, the newest of it: the market tells old from new within a window of numbers,
    /// and new ones move it on meanwhile.
    /// </summary>
    public const int MostFetched = 20_000;

    private const int MostRecent = 1000;
    private const int TradesInABatch = 200;

    /// <summary>Pauses between tries, until it is given up after ten minutes: what is only among the venue's latest would be gone by then.</summary>
    private static readonly TimeSpan[] Pauses =
        [.. ((int[])[1, 2, 5, 10, 20, 40, 60, 60, 60, 60, 60, 60, 60, 60]).Select(seconds => TimeSpan.FromSeconds(seconds))];

    /// <summary>Fetches what a gap lacks.</summary>
    /// <returns>What could not be fetched; null when nothing is missing.</returns>
    public async Task<TradeHole?> FillAsync(TradeGap gap, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await TryFillAsync(gap, cancellationToken);
            }
            catch (VenueRequestException failure) when (tries < Pauses.Length)
            {
                var wait = failure.Until - time.GetUtcNow() is { } ban && ban > Pauses[tries] ? ban : Pauses[tries];
                await Task.Delay(wait, time, cancellationToken);
            }
            catch (VenueRequestException failure)
            {
                return Hole(gap, $"the venue could not be asked: {failure.Message}");
            }
        }
    }

    private Task<TradeHole?> TryFillAsync(TradeGap gap, CancellationToken cancellationToken) =>
        data.Capabilities.TradesById && gap.After is { } after ? ByNumberAsync(gap, after, cancellationToken)
        : data.Capabilities.RecentTrades ? FromRecentAsync(gap, cancellationToken)
        : Task.FromResult<TradeHole?>(Hole(gap, "the venue cannot be asked for trades of the past"));

    private async Task<TradeHole?> ByNumberAsync(TradeGap gap, TradeMark after, CancellationToken cancellationToken)
    {
        var first = Math.Max(gap.Before.Id + 1, after.Id - MostFetched);
        var (next, fetched, missing) = (first, 0L, first - gap.Before.Id - 1);
        while (next < after.Id)
        {
            var page = await data.TradesFromAsync(rest, gap.Instrument.Listing, next, cancellationToken);
            PastTrade[] missed = [.. page.Where(trade => trade.TradeId >= next && trade.TradeId < after.Id)];
            if (missed.Length == 0)
            {
                break;
            }

            await TellAsync(gap.Instrument, missed, cancellationToken);
            fetched += missed.Length;
            next = missed[^1].TradeId + 1;
        }

        missing += after.Id - first - fetched;
        return missing == 0 ? null : Hole(gap, $"{missing} of {after.Id - gap.Before.Id - 1} trades are no longer given by the venue, or are too many to fetch");
    }

    private async Task<TradeHole?> FromRecentAsync(TradeGap gap, CancellationToken cancellationToken)
    {
        var recent = await data.RecentTradesAsync(rest, gap.Instrument.Listing, MostRecent, cancellationToken);
        PastTrade[] missed = [.. recent.Where(trade => !(trade.At < gap.Before.At) && trade.TradeId != gap.Before.Id && (gap.After is not { } after || trade.TradeId < after.Id))];
        await TellAsync(gap.Instrument, missed, cancellationToken);
        if (recent.Any(trade => ReachesBack(trade, gap)))
        {
            return null;
        }

        var oldest = recent.Count > 0 ? new TradeMark(recent[0].TradeId, recent[0].At) : gap.After;
        return Hole(gap with { After = oldest }, $"the venue remembers its last {recent.Count} trades only");
    }

    /// <summary>A trade that is not missing, with everything after it in the same answer.</summary>
    private bool ReachesBack(PastTrade trade, TradeGap gap) =>
        trade.At < gap.Before.At
        || (trade.TradeId == gap.Before.Id && !gap.IsDoubt)
        || (data.Capabilities.ConsecutiveTrades && trade.TradeId <= gap.Before.Id + 1);

    private async Task TellAsync(Instrument instrument, PastTrade[] trades, CancellationToken cancellationToken)
    {
        foreach (var chunk in trades.Chunk(TradesInABatch))
        {
            var batch = loop.Rent();
            var receivedAt = Timestamp.From(time.GetUtcNow());
            foreach (var trade in chunk)
            {
                batch.On(new Trade(
                    instrument.Id,
                    trade.TradeId,
                    new Price(instrument.PriceScale.FromDecimal(trade.Price)),
                    new Quantity(instrument.QuantityScale.FromDecimal(trade.Quantity)),
                    trade.TakerSide,
                    new EventTimes(trade.At, receivedAt)));
            }

            try
            {
                await loop.EnqueueAsync(batch, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                loop.Return(batch);
                throw;
            }
        }

        holes.AddFetched(trades.Length);
    }

    private TradeHole Hole(TradeGap gap, string why) => new(gap, why, time.GetUtcNow());
}
