using Omnibook.Core.Liquidity;
using Omnibook.Venues;

namespace Omnibook.Server.Configuration;

/// <summary>Reads what the Liquidity dialect serves.</summary>
internal sealed class LiquidityReader(SettingReader reader, IReadOnlyList<KnownVenue> known)
{
    /// <summary>Reads it, and refuses names of composites that do not exist and a book that is not followed.</summary>
    public LiquidityOptions Read(IReadOnlyList<CompositeOptions> composites, IReadOnlyList<VenueOptions> venues) => new()
    {
        Symbols = Symbols(composites),
        TickHz = reader.Number(SettingName.TickHz, 1, 20),
        HistoryEvery = TimeSpan.FromSeconds(reader.Number(SettingName.MetricsHistory, 0, 3_600, "expected 1 to 3600 seconds, or 0 for off")),
        TopLevels = reader.Number(SettingName.TopLevels, 1, 5_000),
        WindowBps = reader.Number(SettingName.DepthWindow, LiquidityMeter.NarrowestBps, LiquidityMeter.WidestBps),
        StaleAfter = TimeSpan.FromSeconds((double)reader.Decimal(SettingName.StaleThreshold, 0.1m, 3600)),
        LiveWithin = TimeSpan.FromSeconds((double)reader.Decimal(SettingName.LiveThreshold, 0.1m, 3600)),
        TetherBook = TetherBook(venues),
    };

    private List<SymbolName> Symbols(IReadOnlyList<CompositeOptions> composites)
    {
        var names = new List<SymbolName>();
        foreach (var text in reader.List(SettingName.LiquiditySymbols.Path))
        {
            var parts = text.Split('=', StringSplitOptions.TrimEntries);
            if (parts is not [{ Length: > 0 } symbol, { Length: > 0 } composite] || !SettingReader.IsSymbol(symbol))
            {
                Refuse(SettingName.LiquiditySymbols, $"\"{text}\" names nothing: expected symbol=composite, such as BTC-USD=BTC-SPOT");
            }
            else if (!composites.Any(candidate => candidate.Name == composite))
            {
                if (reader.Find(SettingName.LiquiditySymbols.Path) is { Source: "default" })
                {
                    continue;
                }

                Refuse(SettingName.LiquiditySymbols, $"no such composite; there are {string.Join(", ", composites.Select(candidate => candidate.Name))}");
            }
            else
            {
                names.Add(new SymbolName(symbol, composite));
            }
        }

        return names;
    }

    private MemberName? TetherBook(IReadOnlyList<VenueOptions> venues)
    {
        if (reader.Find(SettingName.NormalizeUsdt.Path) is not { Value.Length: > 0 } setting)
        {
            return null;
        }

        var slash = setting.Value.IndexOf('/', StringComparison.Ordinal);
        var (venue, symbol) = slash < 0 ? ("", "") : (setting.Value[..slash], setting.Value[(slash + 1)..]);
        if (!known.Any(candidate => candidate.Id.Key == venue) || !SettingReader.IsSymbol(symbol))
        {
            Refuse(SettingName.NormalizeUsdt, "expected the book whose price is that of a USDT in USD as venue/symbol, such as coinbase/USDT-USD");
            return null;
        }

        if (!venues.Any(candidate => candidate.Id.Key == venue && candidate.Symbols.Contains(symbol, StringComparer.Ordinal)))
        {
            Refuse(SettingName.NormalizeUsdt, $"the book is not followed: add {symbol} to {VenueSetting.Variable(venue, VenueSetting.Symbols)}");
            return null;
        }

        return new MemberName(new(venue), symbol);
    }

    private void Refuse(SettingName name, string allowed) => reader.Refuse(reader.Find(name.Path)!, allowed);
}
