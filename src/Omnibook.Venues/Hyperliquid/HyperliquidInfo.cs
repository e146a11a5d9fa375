using System.Text;
using System.Text.Json;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>
/// Asks POST /info and gives the answers back as they came, UTF-8 JSON, for those who pass them through untouched. That an answer
/// is JSON of the promised kind is checked; what stands in it is not.
/// </summary>
/// <param name="rest">The venue's host, whose budget all callers share.</param>
public sealed class HyperliquidInfo(VenueRest rest)
{
    private const int ShownCharacters = 200;

    /// <summary>A user's margin and positions on one dex: an object.</summary>
    /// <param name="user">The address, <c>0x</c> and 40 hexadecimal digits.</param>
    /// <param name="dex">Name of the dex; empty for the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VenueRequestException">The venue refused, or its answer is no object; an unknown dex is a server error.</exception>
    public Task<byte[]> ClearinghouseStateAsync(string user, string dex, CancellationToken cancellationToken) =>
        AskAsync(Watched(InfoRequests.ClearinghouseState(user, dex)), JsonValueKind.Object, mayBeNull: false, cancellationToken);

    /// <summary>A user's sub-accounts: an array, or null when there are none.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or its answer is neither.</exception>
    public Task<byte[]> SubAccountsAsync(string user, CancellationToken cancellationToken) =>
        AskAsync(Watched(InfoRequests.SubAccounts(user)), JsonValueKind.Array, mayBeNull: true, cancellationToken);

    /// <summary>A user's newest orders, at most 2000, newest first: an array.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or its answer is no array.</exception>
    public Task<byte[]> HistoricalOrdersAsync(string user, CancellationToken cancellationToken) =>
        AskAsync(Watched(InfoRequests.HistoricalOrders(user)), JsonValueKind.Array, mayBeNull: false, cancellationToken);

    /// <summary>A book, at most 20 levels a side: an object, or null for an unknown coin.</summary>
    /// <param name="coin">The venue's spelling, letter case included: <c>merrli:BTC</c>.</param>
    /// <param name="nSigFigs">2 to 5 significant figures to group by, or null.</param>
    /// <param name="mantissa">1, 2 or 5, only with five figures, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VenueRequestException">The venue refused, or its answer is neither.</exception>
    public Task<byte[]> L2BookAsync(string coin, int? nSigFigs, int? mantissa, CancellationToken cancellationToken) =>
        AskAsync(Watched(InfoRequests.L2Book(coin, nSigFigs, mantissa)), JsonValueKind.Object, mayBeNull: true, cancellationToken);

    /// <summary>True when an answer is JSON's null, which is how the venue says "no such coin" and "no sub-accounts".</summary>
    public static bool IsNull(ReadOnlySpan<byte> answer) => answer.Trim(" \t\r\n"u8).SequenceEqual("null"u8);

    /// <summary>Sends a request of <see cref="InfoRequests"/> and checks the kind of the answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="promised">Object or array.</param>
    /// <param name="mayBeNull">Whether null is an answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VenueRequestException">The venue refused, or its answer is something else.</exception>
    public async Task<byte[]> AskAsync(
        RestRequest request, JsonValueKind promised, bool mayBeNull, CancellationToken cancellationToken)
    {
        var answer = await rest.SendAsync(request, cancellationToken);
        var kind = KindOf(answer);
        return kind == promised || (mayBeNull && kind == JsonValueKind.Null)
            ? answer
            : throw Unreadable(request, $"is {kind?.ToString() ?? "no JSON"} where {promised} was promised", answer);
    }

    /// <summary>An answer that cannot be used, with its first words.</summary>
    internal static VenueRequestException Unreadable(RestRequest request, string why, ReadOnlySpan<byte> answer)
    {
        var shown = Encoding.UTF8.GetString(answer[..Math.Min(answer.Length, ShownCharacters)]);
        return new VenueRequestException(
            RequestFailure.Unreadable, $"The answer to {Encoding.UTF8.GetString(request.Body!.Value.Span)} {why}.")
        {
            VenueMessage = shown,
        };
    }

    // Whoever asks for a user's account looks at it: it goes before the books' housekeeping.
    private static RestRequest Watched(RestRequest request) => request with { Priority = RequestPriority.Watched };

    private static JsonValueKind? KindOf(ReadOnlySpan<byte> answer)
    {
        try
        {
            var reader = new Utf8JsonReader(answer);
            reader.Read();
            var kind = reader.TokenType switch
            {
                JsonTokenType.StartObject => JsonValueKind.Object,
                JsonTokenType.StartArray => JsonValueKind.Array,
                JsonTokenType.Null => JsonValueKind.Null,
                JsonTokenType.String => JsonValueKind.String,
                JsonTokenType.Number => JsonValueKind.Number,
                JsonTokenType.True or JsonTokenType.False => JsonValueKind.True,
                _ => JsonValueKind.Undefined,
            };
            FrameJson.Finish(ref reader);
            return kind;
        }
        catch (JsonException)
        {
            // Plain text, as the venue sends with most refusals: no JSON at all.
            return null;
        }
    }
}
