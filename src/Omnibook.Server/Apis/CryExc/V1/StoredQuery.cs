using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Server.Apis.CryExc.V1;

/// <summary>What somebody wants of what is stored.</summary>
/// <param name="Listing">Of which instrument.</param>
/// <param name="From">The first moment.</param>
/// <param name="To">The first moment that does not belong to it.</param>
/// <param name="Limit">How many rows at most.</param>
internal sealed record StoredQuery(InstrumentListing Listing, Timestamp From, Timestamp To, int Limit)
{
    /// <summary>2262: what a moment in nanoseconds can hold.</summary>
    private const long LatestMs = 9_223_372_036_854;

    /// <summary>Reads the values of a query.</summary>
    public static bool TryRead(HttpContext context, [NotNullWhen(true)] out StoredQuery? query, [NotNullWhen(false)] out IResult? refusal)
    {
        (query, refusal) = (null, null);
        var values = context.Request.Query;
        if (Text("exchange") is not { } exchange || Text("symbol") is not { } symbol)
        {
            refusal = Bad("exchange and symbol are needed");
            return false;
        }

        var rules = context.RequestServices.GetRequiredService<V1Rules>();
        if (Number("start_ms") is not { } start || Number("end_ms") is not { } end || start >= end)
        {
            refusal = Bad(Number("start_ms") is null || Number("end_ms") is null
                ? "start_ms and end_ms should be whole numbers of milliseconds since 1970"
                : "start_ms must be before end_ms");
            return false;
        }

        if (Text("limit") is not null && Number("limit") is not (> 0 and <= int.MaxValue))
        {
            refusal = Bad("limit should be a whole number from 1");
            return false;
        }

        if (!context.RequestServices.GetRequiredService<CryExcExchanges>().TryFind(exchange, symbol, out var asked, out var unknown))
        {
            refusal = V1Errors.Result(unknown.Status, unknown.Detail);
            return false;
        }

        var limit = (int)Math.Min(Number("limit") ?? rules.MaxRows, rules.MaxRows);
        query = new StoredQuery(asked.Listing, Timestamp.FromMilliseconds(start), Timestamp.FromMilliseconds(end), limit);
        return true;

        string? Text(string name) => values[name] is [.., { Length: > 0 } value] ? value : null;

        long? Number(string name) =>
            long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= LatestMs ? number : null;
    }

    private static IResult Bad(string message) => V1Errors.Result(StatusCodes.Status400BadRequest, message);
}
