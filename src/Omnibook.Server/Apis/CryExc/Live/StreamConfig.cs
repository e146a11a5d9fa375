using System.Text.Json;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>A client's wish cannot be met; the message says why and what is allowed.</summary>
internal sealed class StreamRefusedException(string message) : Exception(message);

/// <summary>Reads the options of a subscription. Whatever has the wrong type or a value that is not allowed is refused, and never replaced in silence.</summary>
internal sealed class StreamConfig(JsonElement config)
{
    private const int LongestText = 64;

    private static readonly Dictionary<string, TimeSpan> Ranges = new(StringComparer.Ordinal)
    {
        ["15m"] = TimeSpan.FromMinutes(15),
        ["30m"] = TimeSpan.FromMinutes(30),
        ["1h"] = TimeSpan.FromHours(1),
        ["4h"] = TimeSpan.FromHours(4),
        ["12h"] = TimeSpan.FromHours(12),
        ["24h"] = TimeSpan.FromHours(24),
    };

    /// <summary><c>symbol</c>, which must be there.</summary>
    public string Symbol => Text("symbol") ?? throw new StreamRefusedException("config.symbol is missing");

    /// <summary><c>exchange</c>: exactly one.</summary>
    public string Exchange => Text("exchange") ?? (Exchanges is [var only] ? only : CryExcExchanges.Default);

    /// <summary><c>exchanges</c>, or the one that <c>exchange</c> names; empty for every one that is served.</summary>
    public IReadOnlyList<string> Exchanges
    {
        get
        {
            if (!TryGet("exchanges", out var list))
            {
                return Text("exchange") is { } one ? [one] : [];
            }

            if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(entry => entry.ValueKind != JsonValueKind.String))
            {
                throw new StreamRefusedException("config.exchanges should be a list of names");
            }

            string[] names = [.. list.EnumerateArray().Select(entry => entry.GetString()!.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
            return names.Length > 0 ? names : Text("exchange") is { } alone ? [alone] : [];
        }
    }

    /// <summary><c>minNotional</c>: 0 unless told otherwise.</summary>
    public decimal MinNotional => Number("minNotional", 0);

    /// <summary><c>side</c>: <c>buy</c> or <c>sell</c>, null for both.</summary>
    public string? Side => Text("side")?.ToLowerInvariant() switch
    {
        null or "" => null,
        "buy" => "buy",
        "sell" => "sell",
        var other => throw new StreamRefusedException($"config.side should be buy or sell, not '{other}'"),
    };

    /// <summary><c>interval</c> of candles that are made of trades: <c>1m</c> unless told otherwise.</summary>
    public FlowInterval Interval
    {
        get
        {
            var name = Text("interval") ?? FlowInterval.Minute.Name;
            return FlowInterval.TryParse(name, out var interval)
                ? interval
                : throw new StreamRefusedException($"config.interval should be one of {string.Join(", ", FlowInterval.All)}, not '{name}'");
        }
    }

    /// <summary><c>timeRange</c>: an hour unless told otherwise.</summary>
    public TimeSpan Range
    {
        get
        {
            var name = Text("timeRange") ?? "1h";
            return Ranges.TryGetValue(name, out var range)
                ? range
                : throw new StreamRefusedException($"config.timeRange should be one of {string.Join(", ", Ranges.Keys)}, not '{name}'");
        }
    }

    /// <summary><c>depth</c>: how many levels of a side; 0, which is the default, for all.</summary>
    public int Depth => Number("depth", 0) is var depth && depth == decimal.Truncate(depth) && depth <= int.MaxValue
        ? (int)depth
        : throw new StreamRefusedException("config.depth should be a whole number from 0");

    /// <summary><c>tickSize</c>, in the decimals in which it was written.</summary>
    /// <param name="otherwise">What it is where it is absent.</param>
    public decimal Tick(decimal otherwise) => Number("tickSize", otherwise);

    /// <summary>A tick in units of an instrument's price.</summary>
    /// <exception cref="StreamRefusedException">It is not positive, or no multiple of the smallest step of its prices.</exception>
    public static long UnitsOf(decimal tick, InstrumentListing listing)
    {
        var step = listing.PriceScale.ToDecimal(1);
        return tick > 0 && tick % step == 0 && tick / step <= long.MaxValue / 4
            ? (long)(tick / step)
            : throw new StreamRefusedException($"config.tickSize should be a positive multiple of {listing.PriceScale.Format(1)} for {listing.Symbol}");
    }

    private string? Text(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= LongestText } text
            ? text
            : throw new StreamRefusedException($"config.{name} should be a text of at most {LongestText} characters");
    }

    private decimal Number(string name, decimal otherwise) =>
        !TryGet(name, out var value) ? otherwise
        : value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number >= 0 ? number
        : throw new StreamRefusedException($"config.{name} should be a number from 0");

    private bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return config.ValueKind == JsonValueKind.Object && config.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }
}
