using System.Text;

namespace Omnibook.Venues.Binance;

/// <summary>Words of the venue on their way into a log or a state.</summary>
internal static class BinanceText
{
    private const int MaxLength = 200;

    /// <summary>At most 200 bytes of the venue's words, control characters taken out.</summary>
    public static string Shorten(ReadOnlySpan<byte> text) =>
        new(Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaxLength)]).Where(letter => !char.IsControl(letter)).ToArray());
}
