using System.Globalization;
using System.Text;
using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>
/// Reads single values of Hyperliquid's JSON. Amounts come as strings, times and counts as numbers; both forms are taken for both,
/// because nothing is lost by it.
/// </summary>
internal static class FrameJson
{
    /// <summary>The text of the current string or number; empty when it is neither.</summary>
    public static ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String when reader.ValueIsEscaped => Encoding.UTF8.GetBytes(reader.GetString()!),
        JsonTokenType.String or JsonTokenType.Number => reader.ValueSpan,
        _ => default,
    };

    /// <summary>Steps to the value of the current property and gives its text; empty, and stepped over, when it is no string or number.</summary>
    public static ReadOnlySpan<byte> NextText(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        var text = Text(ref reader);
        reader.Skip();
        return text;
    }

    /// <summary>Reads an integer.</summary>
    public static bool TryInteger(ReadOnlySpan<byte> text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads the venue's milliseconds since the Unix epoch.</summary>
    public static bool TryTime(ReadOnlySpan<byte> text, out long milliseconds) =>
        TryInteger(text, out milliseconds) && IsTime(milliseconds);

    /// <summary>Whether a number can be the venue's milliseconds at all. A book needs a true time, for it is its sequence number too.</summary>
    public static bool IsTime(long milliseconds) => VenueTimes.TryFromMilliseconds(milliseconds, out _);

    /// <summary>Reads a price or a quantity, exactly.</summary>
    public static bool TryAmount(ReadOnlySpan<byte> text, Scale scale, out long units) =>
        scale.TryParse(text, out units) == AmountError.None;

    /// <summary>
    /// Reads an amount that the venue computed: a mark price, a rate, an open interest. Such amounts keep to no step, and some
    /// come out of the venue's floating point (<c>605822.2557999999</c> for a coin of four decimals), so that they are rounded
    /// to the scale.
    /// </summary>
    public static bool TryComputed(ReadOnlySpan<byte> text, Scale scale, out long units)
    {
        var error = scale.TryParse(text, out units);
        var end = text.IndexOf((byte)'.') + 1 + scale.Decimals;
        if (error == AmountError.TooPrecise && end > scale.Decimals && end < text.Length)
        {
            error = scale.TryParse(text[..end], out units);
            var isHalfOrMore = text[end] is >= (byte)'5' and <= (byte)'9';
            units += !isHalfOrMore ? 0 : text[0] == '-' ? -1 : 1;
        }

        return error == AmountError.None;
    }

    /// <summary>Reads on to the end of the frame, which throws where the frame is not well formed.</summary>
    /// <exception cref="JsonException">The rest of the frame is not JSON.</exception>
    public static void Finish(scoped ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            // Only the reader's own checks matter here.
        }
    }

    /// <summary>The two clocks of something that happened at <paramref name="milliseconds"/> by the venue's clock.</summary>
    public static EventTimes Times(long milliseconds, Timestamp receivedAt) =>
        new(Timestamp.FromMilliseconds(milliseconds), receivedAt);
}
