using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Control;

/// <summary>
/// The simulator's own interface, on its own port: what runs, what is wrong on purpose, and what the truth is.
/// Errors are <c>{"error":"…"}</c> and name the allowed values.
/// </summary>
internal sealed class ControlRoute(IReadOnlyList<SimulatedVenue> venues, IReadOnlyList<SimulatedVenueAddress> addresses)
{
    private const int UsualTrades = 500;

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var answer = Answer(context.Request, body.ToArray());
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private RestAnswer Answer(HttpRequest request, byte[] body)
    {
        var parts = (request.Path.Value ?? "").Trim('/').Split('/').Select(Uri.UnescapeDataString).ToArray();
        return (request.Method, parts) switch
        {
            ("GET", ["control", "venues"]) => ControlViews.Venues(venues, addresses),
            ("GET", ["control", "faults"]) => ControlViews.Faults(venues),
            ("POST", ["control", "faults"]) => Inject(body),
            ("DELETE", ["control", "faults"]) => Clear(venues),
            ("DELETE", ["control", "faults", var venue]) => WithVenue(venue, found => Clear([found])),
            ("DELETE", ["control", "faults", var venue, var id]) => WithVenue(venue, found => Remove(found, id)),
            ("GET", ["control", "books", var venue, var symbol]) => WithSymbol(venue, symbol, static (found, name) => found.HasBook(name), found => Book(found, symbol, request.Query)),
            ("GET", ["control", "trades", var venue, var symbol]) => WithSymbol(venue, symbol, static (found, name) => found.Markets.ContainsKey(name), found => Trades(found, symbol, request.Query)),
            ("GET", ["control", "news", var venue]) => WithVenue(venue, ControlViews.News),
            ("GET", ["control", "requests", var venue]) => WithVenue(venue, ControlViews.Requests),
            _ => Error(404, "There are: GET /control/venues, GET|POST|DELETE /control/faults, DELETE /control/faults/{venue}[/{id}], "
                + "GET /control/books/{venue}/{symbol}, GET /control/trades/{venue}/{symbol}, GET /control/news/{venue}, GET /control/requests/{venue}."),
        };
    }

    private RestAnswer Inject(byte[] body)
    {
        FaultRequest? request;
        try
        {
            request = JsonSerializer.Deserialize<FaultRequest>(body, ControlViews.Json);
        }
        catch (JsonException problem)
        {
            return Error(400, $"The body is no fault: {problem.Message} A fault has: venue, fault, {string.Join(", ", FaultCatalog.All.SelectMany(static kind => kind.Parameters).Distinct(StringComparer.Ordinal))}.");
        }

        if (request is null || venues.FirstOrDefault(venue => venue.Key == request.Venue) is not { } found)
        {
            return Error(400, $"'venue' is not '{request?.Venue}' but one of: {string.Join(", ", venues.Select(static venue => venue.Key))}.");
        }

        lock (found.Gate)
        {
            var (fault, problem) = found.Inject(request);
            return fault is null ? Error(400, problem!) : ControlViews.Fault(201, found, fault);
        }
    }

    private static RestAnswer Clear(IEnumerable<SimulatedVenue> cleared)
    {
        var count = 0;
        foreach (var venue in cleared)
        {
            lock (venue.Gate)
            {
                count += venue.Faults.Clear();
            }
        }

        return RestAnswer.Json(200, $"{{\"removed\":{count}}}");
    }

    private static RestAnswer Remove(SimulatedVenue venue, string text)
    {
        lock (venue.Gate)
        {
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && venue.Faults.Remove(id)
                ? RestAnswer.Json(200, "{\"removed\":1}")
                : Error(404, $"No fault '{text}' is on at {venue.Key}, only: {string.Join(", ", venue.Faults.Active.Select(static fault => fault.Id))}.");
        }
    }

    private static RestAnswer Book(SimulatedVenue venue, string symbol, IQueryCollection query)
    {
        if (!TryRead(query, "sequence", out var sequence) || !TryRead(query, "levels", out var levels) || levels is < 1)
        {
            return Error(400, "'sequence' and 'levels' are whole numbers, levels at least 1.");
        }

        lock (venue.Gate)
        {
            var (oldest, newest) = venue.BookRange(symbol);
            return venue.BookAt(symbol, sequence) is { } book
                ? ControlViews.Book(venue, symbol, book, (int)Math.Min(levels ?? int.MaxValue, int.MaxValue))
                : Error(404, $"The books of {symbol} go from {oldest} to {newest}.");
        }
    }

    private static RestAnswer Trades(SimulatedVenue venue, string symbol, IQueryCollection query)
    {
        if (!TryRead(query, "fromId", out var fromId) || !TryRead(query, "limit", out var limit))
        {
            return Error(400, "'fromId' and 'limit' are whole numbers.");
        }

        lock (venue.Gate)
        {
            var trades = venue.Markets[symbol].Trades;
            var count = (int)Math.Clamp(limit ?? UsualTrades, 1, int.MaxValue);
            return ControlViews.Trades(venue, symbol, [.. fromId is { } id ? trades.From(id, count) : trades.Newest(count)]);
        }
    }

    private RestAnswer WithVenue(string key, Func<SimulatedVenue, RestAnswer> answer) =>
        venues.FirstOrDefault(venue => venue.Key == key) is { } found
            ? answer(found)
            : Error(404, $"'{key}' is not simulated, only: {string.Join(", ", venues.Select(static venue => venue.Key))}.");

    private RestAnswer WithSymbol(
        string key, string symbol, Func<SimulatedVenue, string, bool> isKnown, Func<SimulatedVenue, RestAnswer> answer) => WithVenue(key, venue =>
        isKnown(venue, symbol)
            ? answer(venue)
            : Error(404, $"{key} has no '{symbol}', only: {string.Join(", ", venue.Markets.Keys)}."));

    private static bool TryRead(IQueryCollection query, string name, out long? number)
    {
        number = null;
        if (!query.TryGetValue(name, out var text))
        {
            return true;
        }

        var isGood = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        number = value;
        return isGood;
    }

    private static RestAnswer Error(int status, string text) =>
        RestAnswer.Json(status, $"{{\"error\":{JsonSerializer.Serialize(text, SimulatorJson.Relaxed)}}}");
}
