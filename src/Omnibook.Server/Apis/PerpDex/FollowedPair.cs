using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Apis.MarketData.Live;
using Omnibook.Server.Pipeline.Demand;

namespace Omnibook.Server.Apis.PerpDex;

/// <summary>A pair whose books are followed until this is disposed, at every dex that has room for it.</summary>
internal sealed class FollowedPair : IDisposable
{
    private readonly MarketLease[] _leases;

    private FollowedPair(PerpPair pair, IReadOnlyList<DexMember> members, MarketLease[] leases, IReadOnlyList<string> missing) =>
        (Pair, Members, _leases, Missing) = (pair, members, leases, missing);

    /// <summary>The pair.</summary>
    public PerpPair Pair { get; }

    /// <summary>Its instruments, in the dialect's order of dexes.</summary>
    public IReadOnlyList<DexMember> Members { get; }

    /// <summary>Why dexes are left out, in words.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Has a pair followed. What is configured is followed anyway; anything else begins now, and its first prices come in a moment.</summary>
    public static FollowedPair Open(PerpPair pair, MarketFollowing following)
    {
        var (members, leases, missing) = (new List<DexMember>(), new List<MarketLease>(), new List<string>(pair.Missing));
        foreach (var listing in pair.Listings)
        {
            try
            {
                var lease = following.Follow(listing.Listing);
                leases.Add(lease);
                members.Add(new DexMember(listing.Dex, lease.Instrument));
            }
            catch (DemandRefusedException refused)
            {
                missing.Add($"{listing.Dex.Name.Name}: {refused.Message}");
            }
        }

        return new FollowedPair(pair, members, [.. leases], missing);
    }

    /// <summary>Lets the pair go.</summary>
    public void Dispose() => Array.ForEach(_leases, lease => lease.Dispose());
}

/// <summary>A pair's instrument at a dex.</summary>
/// <param name="Dex">The dex.</param>
/// <param name="Instrument">The instrument, with the id by which the market knows it.</param>
internal sealed record DexMember(ServedExchange Dex, Instrument Instrument)
{
    /// <summary>The dex's name.</summary>
    public string Name => Dex.Name.Name;
}
