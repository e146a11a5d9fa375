using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Bybit;

/// <summary>Reads the parameters of requests; what is wrong comes back as the venue's answer.</summary>
internal sealed class BybitQuery
{
    private readonly BybitVenue _venue;
    private readonly RestCall _call;

    /// <summary>Begins with the category, which must be linear.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="call">The request.</param>
    /// <param name="isCategoryOptional">True where linear is what a request without a category means.</param>
    public BybitQuery(BybitVenue venue, RestCall call, bool isCategoryOptional = false)
    {
        (_venue, _call) = (venue, call);
        var category = TextOrNull("category");
        if (category != "linear" && !(isCategoryOptional && category is null))
        {
            Refuse("Category is invalid");
        }
    }

    /// <summary>The venue's answer to the first bad parameter, or null.</summary>
    public RestAnswer? Problem { get; private set; }

    /// <summary>The mandatory symbol.</summary>
    public bool TryGetMarket([NotNullWhen(true)] out BybitMarket? market)
    {
        market = null;
        if (TextOrNull("symbol") is not { } symbol || !_venue.Symbols.TryGetValue(symbol, out market))
        {
            Refuse("Symbol Invalid");
        }

        return market is not null && Problem is null;
    }

    /// <summary>The symbols meant by a symbol that may be left out.</summary>
    public IReadOnlyList<BybitMarket> Markets() =>
        TextOrNull("symbol") is null ? [.. _venue.Symbols.Values] : TryGetMarket(out var market) ? [market] : [];

    /// <summary>The limit: from 1 to a maximum.</summary>
    public int Limit(int usual, int most)
    {
        var limit = Number("limit") ?? usual;
        if (limit < 1 || limit > most)
        {
            Refuse("Limit is invalid");
        }

        return (int)Math.Clamp(limit, 1, most);
    }

    /// <summary>A whole number that may be left out.</summary>
    public long? Number(string name)
    {
        if (TextOrNull(name) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Refuse($"{name} is invalid");
        return null;
    }

    /// <summary>A text that may be left out; an empty one counts as left out.</summary>
    public string? TextOrNull(string name) => _call.Query.TryGetValue(name, out var text) && text.Length > 0 ? text : null;

    /// <summary>
    /// A field of the cursor, which clients pass back as it was given, and so encoded once or twice: <c>lastid%3D0%26lasttime%3D1669571400</c>.
    /// </summary>
    public string? CursorField(string name)
    {
        if (TextOrNull("cursor") is not { } cursor)
        {
            return null;
        }

        var fields = Uri.UnescapeDataString(cursor).Split('&').Select(static field => field.Split('='));
        var value = fields.FirstOrDefault(field => field.Length == 2 && field[0] == name)?[1];
        if (value is null)
        {
            Refuse("Cursor is invalid");
        }

        return value;
    }

    /// <summary>Keeps the problem unless there is one already.</summary>
    public void Refuse(string what) => Problem ??= BybitErrors.Parameter(what, _venue.Schedule.Milliseconds);
}
