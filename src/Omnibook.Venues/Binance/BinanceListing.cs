using System.Globalization;
using System.Text.Json;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Binance;

/// <summary>Reads <c>exchangeInfo</c>, as far as the markets agree: a list of symbols, each with filters.</summary>
internal static class BinanceListing
{
    /// <summary>Reads every symbol. One of which <paramref name="read"/> makes nothing is left out, so that one odd listing does not cost all others.</summary>
    /// <exception cref="VenueRequestException">The answer is no such answer, or not one symbol of it can be read.</exception>
    public static IReadOnlyList<InstrumentListing> ReadSymbols(ReadOnlyMemory<byte> body, Func<JsonElement, InstrumentListing?> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var listings = document.RootElement.GetProperty("symbols").EnumerateArray().Select(read).OfType<InstrumentListing>().ToArray();
            return listings.Length > 0 ? listings : throw Unreadable("exchangeInfo lists no symbol that can be read.", inner: null);
        }
        catch (Exception trouble) when (trouble is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Unreadable("The answer to exchangeInfo has another shape.", trouble);
        }
    }

    /// <summary>
    /// The precision is not the step (BTCUSDT: two decimals, tick 0.10), but it is how many decimals the venue writes, and
    /// orders from before a change of the step may still rest at prices between its multiples.
    /// </summary>
    public static Scale ScaleOf(JsonElement symbol, string precision, decimal step) =>
        symbol.TryGetProperty(precision, out var value) && value.TryGetInt32(out var decimals) && decimals is >= 0 and <= Scale.MaxDecimals
            ? Scale.Finer(Scale.Of(step), new Scale(decimals))
            : Scale.Of(step);

    /// <summary>An amount of one of a symbol's filters; null when there is none.</summary>
    public static decimal? AmountOf(JsonElement symbol, string filterType, string name)
    {
        if (!symbol.TryGetProperty("filters", out var filters) || filters.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var filter = filters.EnumerateArray().FirstOrDefault(candidate => TextOf(candidate, "filterType") == filterType);
        return filter.ValueKind == JsonValueKind.Object
            && decimal.TryParse(TextOf(filter, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
                ? amount
                : null;
    }

    /// <summary>A text of a symbol; null when there is none.</summary>
    public static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static VenueRequestException Unreadable(string message, Exception? inner) =>
        new(RequestFailure.Unreadable, message, inner);
}
