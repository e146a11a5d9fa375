using System.Runtime.InteropServices;
using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Lighter;

/// <summary>The trades of one frame, in a list that is kept. Frames tell them newest first; events are told in the order of the market.</summary>
internal sealed class LighterTrades
{
    private static readonly Comparison<LighterTrade> ByNumber = (left, right) => left.Trade.TradeId.CompareTo(right.Trade.TradeId);
    private readonly List<LighterTrade> _trades = [];

    /// <summary>Forgets the frame before.</summary>
    public void Clear() => _trades.Clear();

    /// <summary>Reads one of the frame's lists.</summary>
    public bool TryRead(ref Utf8JsonReader reader, Instrument instrument, Timestamp receivedAt) =>
        LighterTradeReader.TryRead(ref reader, instrument, receivedAt, _trades);

    /// <summary>Gives the events to <paramref name="batch"/>.</summary>
    /// <param name="batch">Takes the events.</param>
    /// <param name="tape">Knows which of them are from before we listened.</param>
    /// <param name="isReplayed">True for the latest trades that a subscription begins with.</param>
    /// <returns>How many bear no credible time.</returns>
    public int AddTo(EventBatch batch, LighterTape tape, bool isReplayed)
    {
        var trades = CollectionsMarshal.AsSpan(_trades);
        trades.Sort(ByNumber);
        var after = isReplayed ? tape.Begin(trades.IsEmpty ? -1 : trades[^1].Trade.TradeId) : long.MinValue;
        var unknownTimes = 0;
        for (var i = 0; i < trades.Length; i++)
        {
            ref readonly var told = ref trades[i];
            var isTwice = i > 0 && trades[i - 1].Trade.TradeId == told.Trade.TradeId;
            if (told.Trade.TradeId <= after || isTwice || told.Kind == LighterTradeKind.Settlement)
            {
                continue;
            }

            unknownTimes += told.Trade.Times.VenueTime.IsUnknown ? 1 : 0;
            batch.On(told.Trade);
            if (told.Kind == LighterTradeKind.Forced && tape.IsNewForced(told.Trade.TradeId, isReplayed))
            {
                batch.On(Liquidation(told.Trade));
            }
        }

        return unknownTimes;
    }

    /// <summary>The order that liquidates takes what rests in the book, so that its side is the taker's.</summary>
    private static Liquidation Liquidation(in Trade trade) =>
        new(trade.Instrument, trade.TakerSide, trade.Price, trade.Quantity, trade.Times);
}
