using System.Text;
using System.Text.Json;
using Omnibook.Core.Events;

namespace Omnibook.Venues.Json;

/// <summary>Reads REST answers, whose refusals have an HTTP status of their own. What is not of the documented shape is told with its first words.</summary>
internal static class JsonAnswer
{
    private const int ShownCharacters = 200;

    /// <summary>Reads an answer.</summary>
    /// <exception cref="VenueRequestException">It is something else.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return read(document.RootElement);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            throw new VenueRequestException(RequestFailure.Unreadable, $"The answer is not of the documented shape ({wrong.Message}).", wrong)
            {
                VenueMessage = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, ShownCharacters)]),
            };
        }
    }

    /// <summary>Reads an array.</summary>
    public static T[] List<T>(JsonElement rows, Func<JsonElement, T> read) => [.. rows.EnumerateArray().Select(read)];

    /// <summary>Reads an array, or the one row that stands in its place.</summary>
    public static T[] OneOrMany<T>(JsonElement root, Func<JsonElement, T> read) =>
        root.ValueKind == JsonValueKind.Array ? List(root, read) : [read(root)];

    /// <summary>The moment of a field with milliseconds; unknown when it cannot be true.</summary>
    /// <exception cref="FormatException">There is none, or it is no whole number.</exception>
    public static Timestamp Moment(JsonElement row, string name) => Moment(JsonField.RequiredInteger(row, name));

    /// <summary>The moment of milliseconds; unknown when it cannot be true.</summary>
    public static Timestamp Moment(long milliseconds)
    {
        VenueTimes.TryFromMilliseconds(milliseconds, out var moment);
        return moment;
    }
}
