using System.Text.Json;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>Reads which perpetuals all dexes list.</summary>
internal sealed class InstrumentList(VenueId venue, VenueRest rest)
{
    /// <summary>Reads everything anew; nothing is kept between calls.</summary>
    /// <exception cref="VenueRequestException">A request failed, or an answer is not of the documented shape.</exception>
    public async Task<IReadOnlyList<InstrumentListing>> ReadAsync(CancellationToken cancellationToken)
    {
        var tokens = await ReadAsync(InfoRequests.SpotMeta, MetaReader.Tokens, cancellationToken);
        var reader = new MetaReader(venue, tokens);
        try
        {
            return await ReadAsync(InfoRequests.AllPerpMetas, reader.AllDexes, cancellationToken);
        }
        catch (VenueRequestException refused) when (refused.Failure == RequestFailure.Rejected)
        {
            // Self-hosted nodes know fewer requests and answer 422 to the others. Then each dex is asked by itself, which
            // costs 20 weight a dex instead of 20 for all.
            return await ReadDexByDexAsync(reader, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<InstrumentListing>> ReadDexByDexAsync(MetaReader reader, CancellationToken cancellationToken)
    {
        var listings = new List<InstrumentListing>();
        foreach (var dex in await ReadAsync(InfoRequests.PerpDexs, MetaReader.DexNames, cancellationToken))
        {
            listings.AddRange(await ReadAsync(InfoRequests.Meta(dex), reader.OneDex, cancellationToken));
        }

        return listings;
    }

    private async Task<T> ReadAsync<T>(RestRequest request, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        var answer = await rest.SendAsync(request, cancellationToken);
        try
        {
            using var document = JsonDocument.Parse(answer);
            return read(document.RootElement);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // The four ways in which JsonElement says that the document is no JSON, or not of the shape that is asked of it.
            throw HyperliquidInfo.Unreadable(request, $"is not of the documented shape ({wrong.Message})", answer);
        }
    }
}
