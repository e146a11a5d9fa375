using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Binance;

/// <summary>Reads the parameters of requests; what is wrong comes back as the venue's answer.</summary>
/// <typeparam name="TMarket">The venue's kind of symbol.</typeparam>
internal sealed class BinanceQuery<TMarket>(IReadOnlyDictionary<string, TMarket> symbols, RestCall call)
    where TMarket : BinanceMarket
{
    /// <summary>The venue's answer to the first bad parameter, or null.</summary>
    public RestAnswer? Problem { get; private set; }

    /// <summary>The mandatory symbol.</summary>
    public bool TryGetMarket([NotNullWhen(true)] out TMarket? market)
    {
        market = null;
        if (!call.Query.TryGetValue("symbol", out var symbol) || symbol.Length == 0)
        {
            Problem ??= BinanceErrors.Missing("symbol");
        }
        else if (!symbols.TryGetValue(symbol, out market))
        {
            Problem ??= BinanceErrors.InvalidSymbol();
        }

        return market is not null;
    }

    /// <summary>The symbols meant by a symbol that may be left out.</summary>
    public IReadOnlyList<TMarket> Markets()
    {
        if (!call.Query.ContainsKey("symbol"))
        {
            return [.. symbols.Values];
        }

        return TryGetMarket(out var market) ? [market] : [];
    }

    /// <summary>A number that may be left out; a limit above its maximum is cut to it.</summary>
    public int Limit(int usual, int most)
    {
        var limit = Number("limit") ?? usual;
        if (limit is < 1)
        {
            Problem ??= BinanceErrors.Invalid("limit");
        }

        return (int)Math.Min(limit, most);
    }

    /// <summary>A whole number that may be left out.</summary>
    public long? Number(string name)
    {
        if (!call.Query.TryGetValue(name, out var text))
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Problem ??= BinanceErrors.Bad(-1102, $"Mandatory parameter '{name}' was not sent, was empty/null, or malformed.");
        return null;
    }

    /// <summary>A mandatory text.</summary>
    public string Text(string name)
    {
        if (!call.Query.TryGetValue(name, out var text) || text.Length == 0)
        {
            Problem ??= BinanceErrors.Missing(name);
        }

        return text ?? "";
    }

    /// <summary>The problem when there is one.</summary>
    public void Refuse(RestAnswer problem) => Problem ??= problem;
}
