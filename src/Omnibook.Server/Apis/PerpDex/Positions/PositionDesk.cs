using Omnibook.History;
using Omnibook.Server.Apis.PerpDex.Prices;

namespace Omnibook.Server.Apis.PerpDex.Positions;

/// <summary>Where requests learn of positions.</summary>
internal sealed class PositionDesk(PaperPositionStore store, Dexes dexes, PriceDesk prices, RealPositions real)
{
    /// <summary>The open positions that a filter leaves, those on paper first, at the prices of now.</summary>
    /// <exception cref="Venues.VenueRequestException">A dex was to tell somebody's positions and did not.</exception>
    public async Task<IReadOnlyList<PositionView>> ReadAsync(PositionFilter filter, CancellationToken cancellationToken)
    {
        var paper = (await store.ListAsync(cancellationToken)).Select(PositionView.Of);
        var held = filter.Owner is { } owner ? await real.ReadAsync(owner, filter.Dex, cancellationToken) : [];
        var positions = paper.Concat(held).Where(filter.Takes).ToArray();
        var readings = new Dictionary<string, PriceReading>(StringComparer.Ordinal);
        foreach (var name in positions.Select(position => position.Pair).Distinct(StringComparer.Ordinal))
        {
            readings[name] = dexes.TryFind(name, out var pair, out var refusal)
                ? await prices.ReadAsync(pair, cancellationToken)
                : new PriceReading(name, default, [], [refusal.Detail]);
        }

        return Array.ConvertAll(positions, position => position.At(readings[position.Pair]));
    }

    /// <summary>An open position by its name, at the price of now, or null.</summary>
    public async Task<PositionView?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var (owner, dex) = RealPositions.OwnerOf(id) is { } found ? found : default;
        return (await ReadAsync(new PositionFilter(dex, null, id) { Owner = owner }, cancellationToken)).SingleOrDefault();
    }
}

/// <summary>Which positions are wanted; null takes all.</summary>
/// <param name="Dex">Those of a dex, in any letter case.</param>
/// <param name="Pair">Those of a pair, in any letter case.</param>
/// <param name="Id">The one of a name.</param>
internal sealed record PositionFilter(string? Dex, string? Pair, string? Id = null)
{
    /// <summary>Whose real positions are wanted too; null for nobody's.</summary>
    public PositionOwner? Owner { get; init; }

    /// <summary>Whether a position is wanted.</summary>
    public bool Takes(PositionView position) =>
        (Dex is null || string.Equals(position.Dex, Dex, StringComparison.OrdinalIgnoreCase))
        && (Pair is null || string.Equals(position.Pair, Pair, StringComparison.OrdinalIgnoreCase))
        && (Id is null || position.Id == Id);
}
