namespace Omnibook.Core.Instruments;

/// <summary>
/// Reads the spellings that are in use between venues and programs:
/// <code>
/// BTCUSDT  BTC-USDT  BTC/USDT  BTC_USDT  BTC USDT        base and quote
/// BTC/USDT:USDT                                          ccxt: a perpetual, settled in the last part
/// BTC-USDT-SWAP  BTC-PERP  BTC_USDT_PERP  BTCUSDT.P      a perpetual
/// BTC-USDT-SPOT                                          spot
/// BTC  kPEPE  1000PEPE                                   an asset
/// merrli:BTC  merrli:BTC-USD                             a dex of the venue before any of these
/// </code>
/// It only says what a text may mean; whether there is such an instrument is for <see cref="InstrumentDirectory"/> to say.
/// </summary>
/// <param name="quotes">Every quote that the venue has or that may stand for it, in capitals.</param>
internal sealed class SpellingReader(IReadOnlyCollection<string> quotes)
{
    private static readonly char[] Separators = ['-', '_', '/', ' ', '.'];
    private readonly string[] _quotes = [.. quotes.OrderByDescending(quote => quote.Length).ThenBy(quote => quote, StringComparer.Ordinal)];

    /// <summary>Every way to read a text in capitals.</summary>
    public IEnumerable<Spelling> Read(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return ReadPlain(text, dex: null);
        }

        var (before, after) = (text[..colon], text[(colon + 1)..]);
        return before.IndexOfAny(Separators) >= 0 ? ReadSettled(before, after) : ReadPlain(after, before);
    }

    /// <summary>In ccxt's spelling the part behind the colon is what a contract is settled in; of the linear ones that is the quote.</summary>
    private IEnumerable<Spelling> ReadSettled(string pair, string settledIn) =>
        ReadPlain(pair, dex: null).Where(spelling => spelling.Quote == settledIn).Select(spelling => spelling with { Kind = InstrumentKind.Perpetual });

    private IEnumerable<Spelling> ReadPlain(string text, string? dex)
    {
        var parts = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var kind = parts.Length > 1 ? KindOf(parts[^1]) : null;
        parts = kind is null ? parts : parts[..^1];
        return parts switch
        {
            [var one] => ReadJoined(one).Select(reading => new Spelling(dex, reading.Asset, reading.Quote, kind)),
            [var asset, var quote] => Asset.Readings(asset).Select(reading => new Spelling(dex, reading, quote, kind)),
            _ => [],
        };
    }

    /// <summary>An asset alone, or an asset with one of the quotes behind it.</summary>
    private IEnumerable<(Asset Asset, string? Quote)> ReadJoined(string text)
    {
        foreach (var asset in Asset.Readings(text))
        {
            yield return (asset, null);
        }

        foreach (var quote in _quotes.Where(quote => text.Length > quote.Length && text.EndsWith(quote, StringComparison.Ordinal)))
        {
            foreach (var asset in Asset.Readings(text[..^quote.Length]))
            {
                yield return (asset, quote);
            }
        }
    }

    private static InstrumentKind? KindOf(string part) => part switch
    {
        "PERP" or "SWAP" or "P" or "PERPETUAL" => InstrumentKind.Perpetual,
        "SPOT" => InstrumentKind.Spot,
        _ => null,
    };
}
