using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Lighter;

/// <summary>Reads the parameters of requests; what is wrong comes back as the venue's answer.</summary>
internal sealed class LighterQuery(LighterVenue venue, RestCall call)
{
    private const long FirstMilliseconds = 100_000_000_000;

    /// <summary>The venue's answer to the first bad parameter, or null.</summary>
    public RestAnswer? Problem { get; private set; }

    /// <summary>Demands these parameters, and no other ones.</summary>
    public void Exactly(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!call.Query.ContainsKey(name))
            {
                Refuse(LighterErrors.Parameter());
            }
        }

        if (call.Query.Count > names.Length)
        {
            Refuse(LighterErrors.Parameter());
        }
    }

    /// <summary>The mandatory market.</summary>
    public bool TryGetMarket([NotNullWhen(true)] out LighterMarket? market)
    {
        market = null;
        if (Number("market_id") is { } id && !venue.ById.TryGetValue((int)Math.Min(id, int.MaxValue), out market))
        {
            Refuse(LighterErrors.Market());
        }

        return market is not null && Problem is null;
    }

    /// <summary>The markets of a number and a filter that may be left out: all, perp or spot, of which there are none.</summary>
    public IReadOnlyList<LighterMarket> Markets()
    {
        var filter = TextOrNull("filter") ?? "all";
        if (filter is not ("all" or "perp" or "spot"))
        {
            Refuse(LighterErrors.Parameter("filter"));
        }

        // 255 is how the venue's own client says that it means all markets.
        IReadOnlyList<LighterMarket> chosen = TextOrNull("market_id") is null or "255" ? [.. venue.ById.Values]
            : TryGetMarket(out var market) ? [market]
            : [];
        return filter == "spot" ? [] : chosen;
    }

    /// <summary>A mandatory whole number.</summary>
    public long? Number(string name)
    {
        if (long.TryParse(TextOrNull(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Refuse(LighterErrors.Parameter(name));
        return null;
    }

    /// <summary>A mandatory limit from 1 to a maximum.</summary>
    public int Limit(int most)
    {
        var limit = Number("limit") ?? 1;
        if (limit < 1 || limit > most)
        {
            Refuse(LighterErrors.Parameter("limit"));
        }

        return (int)Math.Clamp(limit, 1, most);
    }

    /// <summary>A mandatory moment in Unix milliseconds; the venue takes seconds and milliseconds.</summary>
    public long Moment(string name)
    {
        var number = Number(name) ?? 0;
        return number < FirstMilliseconds ? number * 1000 : number;
    }

    /// <summary>A text that may be left out; an empty one counts as left out.</summary>
    public string? TextOrNull(string name) => call.Query.TryGetValue(name, out var text) && text.Length > 0 ? text : null;

    /// <summary>Keeps the problem unless there is one already.</summary>
    public void Refuse(RestAnswer problem) => Problem ??= problem;
}
