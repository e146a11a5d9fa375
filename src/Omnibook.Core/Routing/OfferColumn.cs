using Omnibook.Core.Books;
using Omnibook.Core.Consolidation;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Routing;

/// <summary>
/// What one venue offers, best first, with running sums, as far as an order can reach into it. Its arrays are reused, so that a deep book
/// allocates only once.
/// </summary>
/// <remarks>
/// Rank is the price of an ask and the negated price of a bid, so that lower is better on both sides. A key is rank × factor, the price with
/// the fee in it, exact.
/// </remarks>
internal sealed class OfferColumn
{
    private const int FirstCapacity = 64;

    private long[] _ranks = [];
    private Int128[] _sizes = [];
    private Int128[] _notionals = [];
    private Int128[] _sums = [];

    /// <summary>Whose offers.</summary>
    public Instrument Instrument { get; private set; } = null!;

    /// <summary>The fee that is in the keys.</summary>
    public decimal FeeBps { get; private set; }

    /// <summary>How many levels were read.</summary>
    public int Count { get; private set; }

    /// <summary>What a rank is multiplied with.</summary>
    public long Factor { get; private set; }

    /// <summary>The smallest step of quantities at this venue, in units of the composite's scale.</summary>
    public long LotUnits { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Begin(Instrument instrument, decimal feeBps, bool buys, Scale quantityScale)
    {
        (Instrument, FeeBps, Factor, Count) = (instrument, feeBps, FeeSchedule.Factor(feeBps, buys), 0);
        LotUnits = instrument.Listing.Lot.Units * Scale.PowerOfTen(quantityScale.Decimals - instrument.QuantityScale.Decimals);
    }

    /// <summary>Reads levels until <paramref name="target"/> is reached, the limit is passed, or none is left.</summary>
    /// <param name="ladder">The side that the order takes from.</param>
    /// <param name="scale">To the scales of the route.</param>
    /// <param name="worstRank">No level of a higher rank.</param>
    /// <param name="measure">What the target counts.</param>
    /// <param name="target">How much is wanted.</param>
    public void Read(Ladder ladder, MemberScale scale, long worstRank, RouteMeasure measure, Int128 target)
    {
        Reserve(ladder.Count);
        var (ranks, sizes, notionals) = (_ranks, _sizes, _notionals);
        var (isNotional, sign, count) = (measure == RouteMeasure.Notional, ladder.Side == Side.Ask ? 1 : -1, 0);
        var (size, notional, wanted) = (default(WideSum), default(WideSum), WideSum.Of(target));
        foreach (var level in ladder)
        {
            // What does not fit into the route's scales is no sane level.
            if (!scale.TryConvert(level.Price.Units, level.Quantity.Units, out var price, out var quantity))
            {
                continue;
            }

            notional.AddProduct(price, quantity);
            if (sign * price > worstRank || notional.IsOverflown)
            {
                break;
            }

            size.Add(quantity);
            (ranks[count], sizes[count], notionals[count]) = (sign * price, size.Value, notional.Value);
            count++;
            if (isNotional ? notional.Reaches(wanted) : size.Reaches(wanted))
            {
                break;
            }
        }

        (Count, _sums) = (count, isNotional ? notionals : sizes);
    }

    /// <summary>The price of the best level without the fee: lower is better on both sides.</summary>
    public long TopRank => _ranks[0];

    /// <summary>The price of a level, in units.</summary>
    public long PriceAt(int index) => Math.Abs(_ranks[index]);

    /// <summary>The quantity of a level, in units.</summary>
    public Int128 QuantityAt(int index) => SizeOf(index + 1) - SizeOf(index);

    /// <summary>The price of a level with the fee in it: lower is better on both sides.</summary>
    public Int128 KeyAt(int index) => WideAmount.Multiply(_ranks[index], Factor);

    /// <summary>Quantity of the first <paramref name="levels"/> levels.</summary>
    public Int128 SizeOf(int levels) => levels == 0 ? 0 : _sizes[levels - 1];

    /// <summary>Price × quantity of the first <paramref name="levels"/> levels.</summary>
    public Int128 NotionalOf(int levels) => levels == 0 ? 0 : _notionals[levels - 1];

    /// <summary>The first <paramref name="levels"/> levels in the order's measure.</summary>
    public Int128 SumOf(int levels) => levels == 0 ? 0 : _sums[levels - 1];

    /// <summary>The first of the levels <paramref name="low"/> to <paramref name="high"/> whose key is above; <paramref name="high"/> when none is.</summary>
    public int FindAbove(Int128 key, int low, int high)
    {
        while (low < high)
        {
            var middle = (int)((uint)(low + high) >> 1);
            if (KeyAt(middle) <= key)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private void Reserve(int levels)
    {
        if (levels > _ranks.Length)
        {
            var capacity = Math.Max(FirstCapacity, Math.Max(levels, _ranks.Length * 2));
            (_ranks, _sizes, _notionals) = (new long[capacity], new Int128[capacity], new Int128[capacity]);
        }
    }
}
