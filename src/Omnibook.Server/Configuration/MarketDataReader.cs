using Omnibook.Core.Derived;

namespace Omnibook.Server.Configuration;

/// <summary>Reads what the MarketData dialect takes for granted.</summary>
internal static class MarketDataReader
{
    private const decimal LargestThreshold = 1_000_000_000_000;

    /// <summary>Reads it, and refuses what is no amount, no symbol, no interval.</summary>
    public static MarketDataOptions Read(SettingReader reader) =>
        new(reader.Decimal(SettingName.LargeTradeUsd, 0, LargestThreshold), Symbols(reader), Intervals(reader));

    private static IReadOnlyList<string> Symbols(SettingReader reader)
    {
        var symbols = reader.List(SettingName.SupportedSymbols.Path);
        foreach (var wrong in symbols.Where(symbol => !SettingReader.IsSymbol(symbol)))
        {
            reader.Refuse(reader.Find(SettingName.SupportedSymbols.Path)!, $"\"{wrong}\" is not a symbol: expected 1 to 64 characters without blanks");
        }

        return [.. symbols.Distinct(StringComparer.Ordinal)];
    }

    private static IReadOnlyList<CandleInterval> Intervals(SettingReader reader)
    {
        var intervals = new List<CandleInterval>();
        foreach (var name in reader.List(SettingName.SupportedIntervals.Path))
        {
            if (CandleInterval.TryParse(name, out var interval))
            {
                intervals.Add(interval);
            }
            else
            {
                reader.Refuse(
                    reader.Find(SettingName.SupportedIntervals.Path)!,
                    $"\"{name}\" is not an interval; there is {string.Join(", ", CandleInterval.All)}");
            }
        }

        return [.. intervals.Distinct()];
    }
}
