using System.Globalization;
using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Binance;

/// <summary>Amounts as Binance writes them: strings with a fixed number of decimals.</summary>
internal static class BinanceText
{
    /// <summary>Units of a scale with so many decimals.</summary>
    public static string Fixed(long units, Scale scale, int digits) =>
        scale.ToDecimal(units).ToString("F" + digits, CultureInfo.InvariantCulture);

    /// <summary>Millionths of a dollar with 8 decimals, as mark and index prices are written.</summary>
    public static string Micros(long micros) => Fixed(micros, new Scale(6), 8);

    /// <summary>A decimal with so many decimals.</summary>
    public static string Fixed(decimal amount, int digits) => amount.ToString("F" + digits, CultureInfo.InvariantCulture);

    /// <summary>The levels of one side: <c>[["61800.20","2.507"],…]</c>.</summary>
    public static void WriteLevels(Utf8JsonWriter json, string name, BinanceMarket market, IEnumerable<TrueLevel> levels)
    {
        json.WriteStartArray(name);
        foreach (var level in levels)
        {
            json.WriteStartArray();
            json.WriteStringValue(market.Price(level.Price));
            json.WriteStringValue(market.Quantity(level.Quantity));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>One of the limits that <c>exchangeInfo</c> names.</summary>
    public static void WriteLimit(Utf8JsonWriter json, string type, string interval, int number, int limit)
    {
        json.WriteStartObject();
        json.WriteString("rateLimitType", type);
        json.WriteString("interval", interval);
        json.WriteNumber("intervalNum", number);
        json.WriteNumber("limit", limit);
        json.WriteEndObject();
    }

    /// <summary>One of the filters of a symbol.</summary>
    public static void WriteFilter(Utf8JsonWriter json, string type, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        json.WriteStartObject();
        json.WriteString("filterType", type);
        foreach (var (name, value) in fields)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    /// <summary>An array of texts.</summary>
    public static void WriteStrings(Utf8JsonWriter json, string name, ReadOnlySpan<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
