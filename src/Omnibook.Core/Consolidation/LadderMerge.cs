using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Consolidation;

/// <summary>Walks the ladders of several books at once, always on from those that stand at the best price.</summary>
internal sealed class LadderMerge(OrderBook[] members, MemberScale[] scales)
{
    private readonly Ladder.Enumerator[] _walks = new Ladder.Enumerator[members.Length];
    private readonly Level[] _heads = new Level[members.Length];
    private readonly bool[] _hasHead = new bool[members.Length];

    /// <summary>Empties <paramref name="destination"/> and fills it with the best levels of a side.</summary>
    public void CopyTo(Side side, int maxLevels, ConsolidatedLevels destination)
    {
        destination.Clear();
        for (var i = 0; i < members.Length; i++)
        {
            _hasHead[i] = false;
            if (members[i].TakesPart)
            {
                _walks[i] = (side == Side.Bid ? members[i].Bids : members[i].Asks).GetEnumerator();
                Next(i, destination);
            }
        }

        while (destination.Count < maxLevels && TryFindBest(side, out var price))
        {
            Join(price, destination);
        }
    }

    private bool TryFindBest(Side side, out Price best)
    {
        best = default;
        var found = false;
        for (var i = 0; i < _heads.Length; i++)
        {
            if (_hasHead[i] && (!found || (side == Side.Bid ? _heads[i].Price > best : _heads[i].Price < best)))
            {
                (best, found) = (_heads[i].Price, true);
            }
        }

        return found;
    }

    /// <summary>Makes one level of all heads that stand at a price.</summary>
    private void Join(Price price, ConsolidatedLevels destination)
    {
        destination.BeginLevel();
        var (quantity, orders) = (0L, 0);
        for (var i = 0; i < _heads.Length; i++)
        {
            if (_hasHead[i] && _heads[i].Price == price)
            {
                var head = _heads[i];
                Next(i, destination);
                if (head.Quantity.Units > long.MaxValue - quantity)
                {
                    destination.Unfit++;
                    continue;
                }

                quantity += head.Quantity.Units;
                orders += head.Orders;
                destination.AddPart(new ConsolidatedPart(members[i].Instrument, head.Quantity, head.Orders));
            }
        }

        destination.EndLevel(new ConsolidatedLevel(price, new Quantity(quantity), orders));
    }

    /// <summary>Takes a member to its next level that fits.</summary>
    private void Next(int member, ConsolidatedLevels destination)
    {
        _hasHead[member] = false;
        while (!_hasHead[member] && _walks[member].MoveNext())
        {
            _hasHead[member] = scales[member].TryConvert(_walks[member].Current, out _heads[member]);
            destination.Unfit += _hasHead[member] ? 0 : 1;
        }
    }
}
