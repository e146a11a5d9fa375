using Omnibook.Core.Books;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Consolidation;

/// <summary>
/// The books of one composite as one book. Only members that are live and on time take part. Members may cross each other: that is information
/// (two venues disagree), so that it is flagged and never hidden.
/// </summary>
public sealed class ConsolidatedBook
{
    private readonly OrderBook[] _members;
    private readonly MemberScale[] _scales;
    private readonly LadderMerge _merge;
    private ConsolidatedBest? _bid;
    private ConsolidatedBest? _ask;

    /// <summary>Puts books together.</summary>
    /// <param name="composite">Which books belong together.</param>
    /// <param name="members">The book of each of its members, in the same order.</param>
    public ConsolidatedBook(Composite composite, IReadOnlyList<OrderBook> members)
    {
        if (!members.Select(member => member.Instrument).SequenceEqual(composite.Members))
        {
            throw new ArgumentException($"Composite {composite.Name} needs the book of each member, in order.", nameof(members));
        }

        Composite = composite;
        _members = [.. members];
        _scales = [.. composite.Members.Select(member => new MemberScale(member, composite))];
        _merge = new LadderMerge(_members, _scales);
        Refresh();
    }

    /// <summary>Which books belong together, and the scales of all amounts here.</summary>
    public Composite Composite { get; }

    /// <summary>The books of all members, live or not, in configured order.</summary>
    public IReadOnlyList<OrderBook> Members => _members;

    /// <summary>Those members that take part now, in configured order.</summary>
    public IEnumerable<OrderBook> LiveMembers => _members.Where(member => member.TakesPart);

    /// <summary>How many members take part now.</summary>
    public int LiveCount { get; private set; }

    /// <summary>Whether the best bid is not below the best ask, be it within a member or between two.</summary>
    public bool IsCrossed => _bid is { } bid && _ask is { } ask && bid.Price >= ask.Price;

    /// <summary>Whether it is among the changes of its market already.</summary>
    internal bool IsMarked { get; set; }

    /// <summary>The highest bid of the live members. False when there is none.</summary>
    public bool TryGetBestBid(out ConsolidatedBest best)
    {
        best = _bid.GetValueOrDefault();
        return _bid.HasValue;
    }

    /// <summary>The lowest ask of the live members. False when there is none.</summary>
    public bool TryGetBestAsk(out ConsolidatedBest best)
    {
        best = _ask.GetValueOrDefault();
        return _ask.HasValue;
    }

    /// <summary>Puts the levels of a side together by exact price.</summary>
    /// <param name="side">Which side.</param>
    /// <param name="maxLevels">At most so many, best first.</param>
    /// <param name="destination">Is emptied and takes the levels.</param>
    public void CopyTo(Side side, int maxLevels, ConsolidatedLevels destination) => _merge.CopyTo(side, maxLevels, destination);

    /// <summary>Looks at the tops of the members again, after one of them has changed.</summary>
    internal void Refresh()
    {
        (_bid, _ask, LiveCount) = (null, null, 0);
        for (var i = 0; i < _members.Length; i++)
        {
            if (_members[i].TakesPart)
            {
                LiveCount++;
                Improve(ref _bid, _members[i].Bids, _scales[i], _members[i].Instrument);
                Improve(ref _ask, _members[i].Asks, _scales[i], _members[i].Instrument);
            }
        }
    }

    private static void Improve(ref ConsolidatedBest? best, Ladder ladder, in MemberScale scale, Instrument instrument)
    {
        if (!ladder.TryGetBest(out var top) || !scale.TryConvert(top, out var level))
        {
            return;
        }

        if (best is not { } known || (ladder.Side == Side.Bid ? level.Price > known.Price : level.Price < known.Price))
        {
            best = new ConsolidatedBest(level.Price, level.Quantity, instrument);
        }
    }
}
