using System.Globalization;
using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.BinanceUsdm;

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
}
