using Omnibook.Venues;
using Omnibook.Venues.Hyperliquid;
using Omnibook.Venues.Lighter;

namespace Omnibook.Server.Apis.PerpDex.Positions;

/// <summary>
/// What an address really holds, read and never touched. Both dexes are public. Where a dex that is asked does not answer there is no list at all: a
/// list without its positions would look as if they were closed.
/// </summary>
internal sealed class RealPositions(Dexes dexes, QueryCache cache)
{
    private const string HyperliquidName = "hyperliquid";
    private const string LighterName = "lighter";
    private const string HyperliquidPrefix = "hl";
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);

    /// <summary>The positions of an owner, at the dex of the filter or at both.</summary>
    /// <exception cref="VenueRequestException">A dex did not answer; the message names it.</exception>
    public async Task<IReadOnlyList<PositionView>> ReadAsync(PositionOwner owner, string? dex, CancellationToken cancellationToken)
    {
        var asked = Dexes.All.Select(one => one.Name)
            .Where(name => (dex is null || name.Equals(dex, StringComparison.OrdinalIgnoreCase)) && !(owner.IsNumber && name == HyperliquidName));
        return [.. (await Task.WhenAll(asked.Select(name => AskAsync(name, owner, cancellationToken)))).SelectMany(rows => rows)];
    }

    /// <summary>Whose position an id names, and at which dex; null for the id of no real position: <c>hl:0x…:BTC</c>, <c>lighter:281474976:BTC</c>.</summary>
    public static (PositionOwner Owner, string Dex)? OwnerOf(string id) =>
        id.Split(':') is [HyperliquidPrefix or LighterName, var owner, _] parts && PositionOwner.Parse(owner) is { } found
            ? (found, parts[0] == HyperliquidPrefix ? HyperliquidName : LighterName)
            : null;

    private async Task<IReadOnlyList<PositionView>> AskAsync(string dex, PositionOwner owner, CancellationToken cancellationToken)
    {
        if (dexes.Served.FirstOrDefault(served => served.Name.Name == dex) is not { } served)
        {
            return []; // What is not followed is not asked; the server was told not to speak to it.
        }

        try
        {
            return dex == HyperliquidName
                ? await AtHyperliquidAsync(served.Rest, owner, cancellationToken)
                : await AtLighterAsync(served.Rest, owner, cancellationToken);
        }
        catch (VenueRequestException failed)
        {
            throw new VenueRequestException(failed.Failure, $"{dex}: {failed.Message}", failed)
            {
                StatusCode = failed.StatusCode,
                Until = failed.Until,
                VenueMessage = $"{dex} did not tell its positions (dex= asks the other one alone). {failed.VenueMessage}".Trim(),
            };
        }
    }

    private async Task<IReadOnlyList<PositionView>> AtHyperliquidAsync(VenueRest rest, PositionOwner owner, CancellationToken cancellationToken)
    {
        var body = await cache.GetAsync(
            $"positions {HyperliquidName} {owner.Text}", Kept, token => new HyperliquidInfo(rest).ClearinghouseStateAsync(owner.Text, "", token), cancellationToken);
        return
        [
            .. HyperliquidPosition.Read(body).Select(row => new PositionView(
                $"{HyperliquidPrefix}:{owner.Text}:{row.Coin}", $"{row.Coin.ToUpperInvariant()}-USD", HyperliquidName, row.IsLong, row.Size, row.EntryPrice, row.LiquidationPrice, row.Margin, default)
            {
                Current = row.Value / row.Size,
            }),
        ];
    }

    private async Task<IReadOnlyList<PositionView>> AtLighterAsync(VenueRest rest, PositionOwner owner, CancellationToken cancellationToken)
    {
        try
        {
            var request = LighterRequests.Account(owner.IsNumber ? "index" : "l1_address", owner.Text) with { Priority = RequestPriority.Watched };
            var body = await cache.GetAsync($"positions {LighterName} {owner.Text}", Kept, token => rest.SendAsync(request, token), cancellationToken);
            return
            [
                .. LighterPosition.Read(body).Select(row => new PositionView(
                    $"{LighterName}:{row.Account}:{row.Symbol}", $"{row.Symbol.ToUpperInvariant()}-USD", LighterName, row.IsLong, row.Size, row.EntryPrice, row.LiquidationPrice, row.Margin, default)
                {
                    Current = row.Value / row.Size,
                }),
            ];
        }
        catch (VenueRequestException refused) when (LighterPosition.IsNobody(refused))
        {
            return [];
        }
    }
}
