using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Lighter;

/// <summary>
/// Reads <c>trades</c> and <c>liquidation_trades</c>, which hold the same objects; either may be null or missing. Many more fields come,
/// and new ones now and then.
/// <code>
/// [{"trade_id":16164557907,"type":"trade","market_id":0,"size":"0.1336","price":"2181.83","is_maker_ask":false,"timestamp":1773854156654,"transaction_time":1773854156686065}]
/// </code>
/// When the maker's order is an ask the taker bought. Numbers of trades run over all markets, beyond 2^53.
/// </summary>
internal static class LighterTradeReader
{
    /// <summary>Reads the array that follows.</summary>
    /// <returns>False when one of the trades cannot be read; what was read before is then worth nothing.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, Instrument instrument, Timestamp receivedAt, List<LighterTrade> trades)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
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

    private struct Fields
    {
        private long _id;
        private long _price;
        private long _quantity;
        private long _milliseconds;
        private long _microseconds;
        private bool _isMakerAsk;
        private bool _isMakerBid;
        private LighterTradeKind _kind;

        public void Read(ref Utf8JsonReader reader, Instrument instrument)
        {
            if (reader.ValueTextEquals("trade_id"u8))
            {
                reader.Read();
                JsonRead.TryInteger(reader, out _id);
            }
            else if (reader.ValueTextEquals("price"u8))
            {
                reader.Read();
                JsonRead.TryAmount(reader, instrument.PriceScale, out _price);
            }
            else if (reader.ValueTextEquals("size"u8))
            {
                reader.Read();
                JsonRead.TryAmount(reader, instrument.QuantityScale, out _quantity);
            }
            else if (reader.ValueTextEquals("is_maker_ask"u8))
            {
                reader.Read();
                _isMakerAsk = reader.TokenType == JsonTokenType.True || JsonRead.Text(reader).SequenceEqual("true"u8);
                _isMakerBid = reader.TokenType == JsonTokenType.False || JsonRead.Text(reader).SequenceEqual("false"u8);
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                _kind = KindOf(JsonRead.Text(reader));
            }
            else if (reader.ValueTextEquals("timestamp"u8))
            {
                reader.Read();
                JsonRead.TryInteger(reader, out _milliseconds);
            }
            else if (reader.ValueTextEquals("transaction_time"u8))
            {
                reader.Read();
                JsonRead.TryInteger(reader, out _microseconds);
            }
            else
            {
                reader.Skip();
            }
        }

        public readonly bool TryBuild(Instrument instrument, Timestamp receivedAt, out LighterTrade trade)
        {
            var at = LighterTimes.Of(_microseconds, _milliseconds);
            trade = new LighterTrade(
                new Trade(
                    instrument.Id,
                    _id,
                    new Price(_price),
                    new Quantity(_quantity),
                    _isMakerAsk ? TakerSide.Buy : TakerSide.Sell,
                    new EventTimes(at, receivedAt)),
                _kind);
            return _id > 0 && _price > 0 && _quantity > 0 && _isMakerAsk != _isMakerBid;
        }

        private static LighterTradeKind KindOf(ReadOnlySpan<byte> type) => type switch
        {
            _ when type.SequenceEqual("liquidation"u8) || type.SequenceEqual("deleverage"u8) => LighterTradeKind.Forced,
            _ when type.SequenceEqual("market-settlement"u8) => LighterTradeKind.Settlement,
            _ => LighterTradeKind.Regular,
        };
    }
}
