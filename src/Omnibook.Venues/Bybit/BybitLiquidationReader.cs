using System.Globalization;
using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// Reads the <c>data</c> of <c>allLiquidation</c>: every liquidation, every 500 ms, without a number. <c>S</c> is the side of the
/// <em>position</em>: <c>Buy</c> means that a long was closed, by a sell order. <c>p</c> is the bankruptcy price, not the price of the fills.
/// <code>
/// [{"T":1739502302929,"s":"ROSEUSDT","S":"Sell","v":"20000","p":"0.04499"}]
/// </code>
/// https://bybit-exchange.github.io/docs/v5/websocket/public/all-liquidation
/// </summary>
internal static class BybitLiquidationReader
{
    /// <summary>Reads the array that follows.</summary>
    /// <returns>False when one of the liquidations cannot be read.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, Instrument instrument, Timestamp receivedAt, List<Liquidation> liquidations)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (!TryReadOne(ref reader, instrument, receivedAt, out var liquidation))
            {
                return false;
            }

            liquidations.Add(liquidation);
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private static bool TryReadOne(ref Utf8JsonReader reader, Instrument instrument, Timestamp receivedAt, out Liquidation liquidation)
    {
        var (time, price, quantity, side) = (0L, 0L, 0L, default(TakerSide?));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("T"u8))
            {
                reader.Read();
                JsonRead.TryInteger(reader, out time);
            }
            else if (reader.ValueTextEquals("S"u8))
            {
                reader.Read();
                side = OrderSide(JsonRead.Text(reader));
            }
            else if (reader.ValueTextEquals("v"u8))
            {
                reader.Read();
                JsonRead.TryAmount(reader, instrument.QuantityScale, out quantity);
            }
            else if (reader.ValueTextEquals("p"u8))
            {
                reader.Read();
                price = NearestPrice(JsonRead.Text(reader), instrument.PriceScale);
            }
            else
            {
                reader.Skip();
            }
        }

        VenueTimes.TryFromMilliseconds(time, out var at);
        liquidation = new Liquidation(
            instrument.Id, side ?? default, new Price(price), new Quantity(quantity), new EventTimes(at, receivedAt));
        return side is not null && price > 0 && quantity > 0;
    }

    private static TakerSide? OrderSide(ReadOnlySpan<byte> positionSide) => positionSide switch
    {
        _ when positionSide.SequenceEqual("Buy"u8) => TakerSide.Sell,
        _ when positionSide.SequenceEqual("Sell"u8) => TakerSide.Buy,
        _ => null,
    };

    /// <summary>A bankruptcy price is computed and need not keep to the tick; it is rounded to the instrument's scale. 0 when unreadable.</summary>
    private static long NearestPrice(ReadOnlySpan<byte> text, Scale scale)
    {
        if (scale.TryParse(text, out var units) != AmountError.TooPrecise)
        {
            return units;
        }

        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var exact)
            && exact < long.MaxValue / scale.UnitsPerOne
            ? (long)decimal.Round(exact * scale.UnitsPerOne, MidpointRounding.AwayFromZero)
            : 0;
    }
}
