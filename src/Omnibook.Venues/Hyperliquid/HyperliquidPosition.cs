using System.Text.Json;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>An open position of a user.</summary>
/// <param name="Coin">The venue's spelling.</param>
/// <param name="IsLong">Whether it is a long; otherwise a short.</param>
/// <param name="Size">How much of the coin.</param>
/// <param name="EntryPrice">The average price of its opening, in dollars.</param>
/// <param name="Value">What it is worth now, in dollars.</param>
/// <param name="LiquidationPrice">Where it is liquidated; null where there is none.</param>
/// <param name="Margin">What is put up for it, in dollars.</param>
public sealed record HyperliquidPosition(
    string Coin, bool IsLong, decimal Size, decimal EntryPrice, decimal Value, decimal? LiquidationPrice, decimal Margin)
{
    /// <summary>
    /// Reads the answer to <see cref="InfoRequests.ClearinghouseState"/>:
    /// <c>{"assetPositions":[{"type":"oneWay","position":{"coin":"BTC","szi":"-0.5","entryPx":"…","positionValue":"…","liquidationPx":null,"marginUsed":"…",…}}],…}</c>.
    /// </summary>
    /// <exception cref="VenueRequestException">The answer is not of the documented shape.</exception>
    public static IReadOnlyList<HyperliquidPosition> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return [.. JsonField.Rows(document.RootElement, "assetPositions").Select(row => Of(row.GetProperty("position")))];
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new VenueRequestException(RequestFailure.Unreadable, $"The answer is not of the documented shape ({wrong.Message}).", wrong);
        }
    }

    private static HyperliquidPosition Of(JsonElement position)
    {
        var size = JsonField.RequiredAmount(position, "szi");
        return new HyperliquidPosition(
            JsonField.RequiredText(position, "coin"),
            size > 0,
            Math.Abs(size),
            JsonField.RequiredAmount(position, "entryPx"),
            JsonField.RequiredAmount(position, "positionValue"),
            JsonField.Amount(position, "liquidationPx"),
            JsonField.RequiredAmount(position, "marginUsed"));
    }
}
