using System.Globalization;
using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Bybit;

/// <summary>Amounts and ids as Bybit writes them.</summary>
internal static class BybitText
{
    private static readonly Scale MicroScale = new(6);

    /// <summary>Units of a scale with so many decimals.</summary>
    public static string Fixed(long units, Scale scale, int digits) => Fixed(scale.ToDecimal(units), digits);

    /// <summary>A decimal with so many decimals.</summary>
    public static string Fixed(decimal amount, int digits) => amount.ToString("F" + digits, CultureInfo.InvariantCulture);

    /// <summary>Millionths of a dollar as a decimal.</summary>
    public static decimal Dollars(long micros) => MicroScale.ToDecimal(micros);

    /// <summary>A number in a text field.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The uuid of a trade: drawn from the market's seed, with the trade's own number in the last twelve digits.</summary>
    public static string TradeId(ulong seed, long id)
    {
        var (high, low) = (SeededRandom.Mix(seed, (ulong)id), SeededRandom.Mix(seed + 1, (ulong)id));
        return $"{high >> 32:x8}-{(high >> 16) & 0xFFFF:x4}-5{high & 0xFFF:x3}-{0x8000 | (low & 0x3FFF):x4}-{id & 0xFFFF_FFFF_FFFF:x12}";
    }

    /// <summary>The id of a connection.</summary>
    public static string ConnectionId(ulong bits) => TradeId(bits, (long)(bits >> 17));

    /// <summary>The levels of one side: <c>[["16493.50","0.006"],…]</c>.</summary>
    public static void WriteLevels(Utf8JsonWriter json, string name, BybitMarket market, IEnumerable<TrueLevel> levels)
    {
        json.WriteStartArray(name);
        foreach (var level in levels)
        {
            json.WriteStartArray();
            json.WriteStringValue(market.Price(level.Price));
            json.WriteStringValue(level.Quantity == 0 ? "0" : market.Quantity(level.Quantity));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
