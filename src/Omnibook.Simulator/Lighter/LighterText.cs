using System.Globalization;
using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Lighter;

/// <summary>Amounts and hashes as Lighter writes them: texts with all decimals of the market.</summary>
internal static class LighterText
{
    private static readonly Scale MicroScale = new(6);

    /// <summary>Units of a scale with all its decimals.</summary>
    public static string Fixed(long units, Scale scale) => Fixed(scale.ToDecimal(units), scale.Decimals);

    /// <summary>A decimal with so many decimals.</summary>
    public static string Fixed(decimal amount, int digits) => amount.ToString("F" + digits, CultureInfo.InvariantCulture);

    /// <summary>Millionths of a dollar as a decimal.</summary>
    public static decimal Dollars(long micros) => MicroScale.ToDecimal(micros);

    /// <summary>A number as text.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Forty bytes drawn from a number, as the hash of a transaction.</summary>
    public static string Hash(ulong seed) =>
        $"{SeededRandom.Mix(seed, 1):x16}{SeededRandom.Mix(seed, 2):x16}{0:x48}";

    /// <summary>Twenty bytes drawn from a number, as an address.</summary>
    public static string Address(ulong seed) =>
        $"0x{SeededRandom.Mix(seed, 1):x16}{SeededRandom.Mix(seed, 2):x16}{(uint)SeededRandom.Mix(seed, 3):x8}";

    /// <summary>The levels of one side: <c>[{"price":"2325.00","size":"99.0000"}]</c>; size zero where the level is gone.</summary>
    public static void WriteLevels(Utf8JsonWriter json, string name, LighterMarket market, IEnumerable<TrueLevel> levels)
    {
        json.WriteStartArray(name);
        foreach (var level in levels)
        {
            WriteLevel(json, market, level);
        }

        json.WriteEndArray();
    }

    /// <summary>One level.</summary>
    public static void WriteLevel(Utf8JsonWriter json, LighterMarket market, in TrueLevel level)
    {
        json.WriteStartObject();
        json.WriteString("price", market.Price(level.Price));
        json.WriteString("size", market.Size(level.Quantity));
        json.WriteEndObject();
    }

    /// <summary>An id as a number and as a text: as a number it may be beyond what JavaScript can hold.</summary>
    public static void WriteId(Utf8JsonWriter json, string name, long id)
    {
        json.WriteNumber(name, id);
        json.WriteString(name + "_str", Text(id));
    }
}
