using System.Globalization;
using System.Text.Json;
using Omnibook.Venues;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary>What the venue says of an address on one dex.</summary>
/// <param name="Dex">Name of the dex; empty for the main one.</param>
/// <param name="Answer">The venue's object, untouched; empty where it failed.</param>
/// <param name="AccountValue">Value of the account there, in the dex's collateral.</param>
/// <param name="Failure">Why there is no answer, in words; null when there is one.</param>
internal sealed record DexBalance(string Dex, byte[] Answer, decimal AccountValue, string? Failure)
{
    /// <summary>Asks all dexes at once. One that fails harms no other.</summary>
    public static Task<DexBalance[]> AskAllAsync(
        HyperliquidQueries queries, string address, IEnumerable<string> dexes, CancellationToken cancellationToken) =>
        Task.WhenAll(dexes.Select(dex => AskAsync(queries, address, dex, cancellationToken)));

    private static async Task<DexBalance> AskAsync(
        HyperliquidQueries queries, string address, string dex, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await queries.BalanceAsync(address, dex, cancellationToken);
            return new DexBalance(dex, answer, ReadValue(answer), null);
        }
        catch (VenueRequestException refused)
        {
            return new DexBalance(dex, [], 0, UpstreamErrors.Describe(refused));
        }
    }

    /// <summary>
    /// The value, after a look at what known clients rely on: <c>assetPositions</c> is a list. A null there ends their page.
    /// </summary>
    private static decimal ReadValue(byte[] answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            var value = document.RootElement.GetProperty("marginSummary").GetProperty("accountValue").GetString();
            if (document.RootElement.GetProperty("assetPositions").ValueKind == JsonValueKind.Array)
            {
                return decimal.Parse(value ?? string.Empty, NumberStyles.Float, CultureInfo.InvariantCulture);
            }
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new VenueRequestException(RequestFailure.Unreadable, "The answer is no account.", broken);
        }

        throw new VenueRequestException(RequestFailure.Unreadable, "The answer has no list of positions.");
    }
}
