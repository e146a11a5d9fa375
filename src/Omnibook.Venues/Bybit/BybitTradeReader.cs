using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// Reads the <c>data</c> of <c>publicTrade</c>: up to 1024 trades in the order in which they were matched. <c>S</c> is the taker's side.
/// Trades of the past are not sent again on subscribing; <see cref="BybitRequests.RecentTrades"/> fills a hole.
/// <code>
/// [{"T":1672304486865,"s":"BTCUSDT","S":"Buy","v":"0.001","p":"16578.50","L":"PlusTick","i":"20f43950-d8dd-5b31-9112-a178eb6023af","BT":false,"RPI":false,"seq":1783284617}]
/// </code>
/// https://bybit-exchange.github.io/docs/v5/websocket/public/trade
/// </summary>
internal static class BybitTradeReader
{
    /// <summary>Reads the array that follows.</summary>
    /// <returns>False when one of the trades cannot be read; what was read before is then worth nothing.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, Instrument instrument, Timestamp receivedAt, List<Trade> trades)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var fields = default(Fields);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                fields.Read(ref reader, instrument);
            }

            if (!fields.TryBuild(instrument, receivedAt, out var trade))
            {
                return false;
            }

            trades.Add(trade);
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private ref struct Fields
    {
        private ReadOnlySpan<byte> _id;
        private long _price;
        private long _quantity;
        private long _time;
        private bool _isBuy;
        private bool _isSell;

        public void Read(ref Utf8JsonReader reader, Instrument instrument)
        {
            if (reader.ValueTextEquals("T"u8))
            {
                reader.Read();
                JsonRead.TryInteger(reader, out _time);
            }
            else if (reader.ValueTextEquals("S"u8))
            {
                reader.Read();
                _isBuy = JsonRead.Text(reader).SequenceEqual("Buy"u8);
                _isSell = JsonRead.Text(reader).SequenceEqual("Sell"u8);
            }
            else if (reader.ValueTextEquals("v"u8))
            {
                reader.Read();
                JsonRead.TryAmount(reader, instrument.QuantityScale, out _quantity);
            }
            else if (reader.ValueTextEquals("p"u8))
            {
                reader.Read();
                JsonRead.TryAmount(reader, instrument.PriceScale, out _price);
            }
            else if (reader.ValueTextEquals("i"u8))
            {
                reader.Read();
                _id = JsonRead.Text(reader);
            }
            else
            {
                reader.Skip();
            }
        }

        public readonly bool TryBuild(Instrument instrument, Timestamp receivedAt, out Trade trade)
        {
            VenueTimes.TryFromMilliseconds(_time, out var at);
            trade = new Trade(
                instrument.Id,
                BybitTradeId.Of(_id),
                new Price(_price),
                new Quantity(_quantity),
                _isBuy ? TakerSide.Buy : TakerSide.Sell,
                new EventTimes(at, receivedAt));
            return _price > 0 && _quantity > 0 && _isBuy != _isSell && !_id.IsEmpty;
        }
    }
}
