using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>
/// Reads the data of <c>trades</c>. The first frame after a subscription repeats the last 20 to 30 trades without saying so:
/// <c>tid</c> is the identity by which the market drops what it has seen. Hash and the two users' addresses are not kept.
/// </summary>
/// <example>
/// <code>
/// [{"coin":"BTC","side":"B","px":"110428.0","sz":"0.001","time":1790000000150,"hash":"0x…","tid":118906512037719,"users":["0x…","0x…"]}]
/// </code>
/// <c>side</c> is the taker's: <c>B</c> bought, <c>A</c> sold. <c>users</c> are buyer and seller.
/// </example>
internal static class TradeReader
{
    /// <summary>Reads the array at which <paramref name="reader"/> stands into <paramref name="trades"/>; trades of unknown coins are left out.</summary>
    public static FrameReading Read(ref Utf8JsonReader reader, SymbolTable symbols, Timestamp receivedAt, List<Trade> trades)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return FrameReading.Malformed;
        }

        var unknown = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            switch (ReadOne(ref reader, symbols, receivedAt, out var trade))
            {
                case FrameReading.Complete: trades.Add(trade); break;
                case FrameReading.UnknownCoin: unknown++; break;
                default: return FrameReading.Malformed;
            }
        }

        if (reader.TokenType != JsonTokenType.EndArray)
        {
            return FrameReading.Malformed;
        }

        return unknown > 0 && trades.Count == 0 ? FrameReading.UnknownCoin : FrameReading.Complete;
    }

    private static FrameReading ReadOne(ref Utf8JsonReader reader, SymbolTable symbols, Timestamp receivedAt, out Trade trade)
    {
        trade = default;
        var fields = default(Fields);
        fields.Read(ref reader);
        if (fields.Coin.IsEmpty)
        {
            return FrameReading.Malformed;
        }

        if (!symbols.TryFind(fields.Coin, out var instrument))
        {
            return FrameReading.UnknownCoin;
        }

        return fields.TryMake(instrument, receivedAt, out trade) ? FrameReading.Complete : FrameReading.Malformed;
    }

    private ref struct Fields
    {
        private ReadOnlySpan<byte> _price;
        private ReadOnlySpan<byte> _quantity;
        private ReadOnlySpan<byte> _side;
        private ReadOnlySpan<byte> _time;
        private ReadOnlySpan<byte> _id;

        public ReadOnlySpan<byte> Coin { get; private set; }

        public void Read(ref Utf8JsonReader reader)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("coin"u8))
                {
                    Coin = FrameJson.NextText(ref reader);
                }
                else if (reader.ValueTextEquals("px"u8))
                {
                    _price = FrameJson.NextText(ref reader);
                }
                else if (reader.ValueTextEquals("sz"u8))
                {
                    _quantity = FrameJson.NextText(ref reader);
                }
                else if (reader.ValueTextEquals("side"u8))
                {
                    _side = FrameJson.NextText(ref reader);
                }
                else if (reader.ValueTextEquals("time"u8))
                {
                    _time = FrameJson.NextText(ref reader);
                }
                else if (reader.ValueTextEquals("tid"u8))
                {
                    _id = FrameJson.NextText(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        public readonly bool TryMake(Instrument instrument, Timestamp receivedAt, out Trade trade)
        {
            trade = default;
            if (!FrameJson.TryAmount(_price, instrument.PriceScale, out var price) || price <= 0
                || !FrameJson.TryAmount(_quantity, instrument.QuantityScale, out var quantity) || quantity <= 0
                || !FrameJson.TryTime(_time, out var time)
                || !FrameJson.TryInteger(_id, out var id)
                || _side.Length != 1 || _side[0] is not ((byte)'A' or (byte)'B'))
            {
                return false;
            }

            var taker = _side[0] == 'B' ? TakerSide.Buy : TakerSide.Sell;
            trade = new Trade(
                instrument.Id, id, new Price(price), new Quantity(quantity), taker, FrameJson.Times(time, receivedAt));
            return true;
        }
    }
}
