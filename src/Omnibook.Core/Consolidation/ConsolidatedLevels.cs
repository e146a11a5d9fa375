using System.Runtime.InteropServices;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Consolidation;

/// <summary>A price level of a composite, added up over its members.</summary>
/// <param name="Price">The exact price, in the composite's price scale.</param>
/// <param name="Quantity">The whole quantity, in the composite's quantity scale.</param>
/// <param name="Orders">How many orders rest there, of those venues that tell.</param>
public readonly record struct ConsolidatedLevel(Price Price, Quantity Quantity, int Orders);

/// <summary>What one member has at a price level of its composite.</summary>
/// <param name="Instrument">The member.</param>
/// <param name="Quantity">Its quantity, in the composite's quantity scale.</param>
/// <param name="Orders">How many orders; 0 when the venue does not say.</param>
public readonly record struct ConsolidatedPart(Instrument Instrument, Quantity Quantity, int Orders);

/// <summary>Takes one side of a composite, best first. Reuse it: after a warm-up nothing is allocated.</summary>
public sealed class ConsolidatedLevels
{
    private readonly List<ConsolidatedLevel> _levels = [];
    private readonly List<int> _firstParts = [];
    private readonly List<ConsolidatedPart> _parts = [];

    /// <summary>How many levels there are.</summary>
    public int Count => _levels.Count;

    /// <summary>
    /// How many levels of members were left out because their amounts do not fit into 64 bits at the composite's scale. Zero in any sane market.
    /// </summary>
    public int Unfit { get; internal set; }

    /// <summary>All levels, best first. Valid until the next change.</summary>
    public ReadOnlySpan<ConsolidatedLevel> Levels => CollectionsMarshal.AsSpan(_levels);

    /// <summary>A level; 0 is the best.</summary>
    public ConsolidatedLevel this[int index] => _levels[index];

    /// <summary>Who has how much of a level, in the composite's order of members. Valid until the next change.</summary>
    public ReadOnlySpan<ConsolidatedPart> PartsOf(int index)
    {
        var end = index + 1 < _firstParts.Count ? _firstParts[index + 1] : _parts.Count;
        return CollectionsMarshal.AsSpan(_parts)[_firstParts[index]..end];
    }

    /// <summary>Removes all levels and keeps the room.</summary>
    public void Clear()
    {
        _levels.Clear();
        _firstParts.Clear();
        _parts.Clear();
        Unfit = 0;
    }

    /// <summary>Opens a level; its parts follow.</summary>
    internal void BeginLevel() => _firstParts.Add(_parts.Count);

    /// <summary>Adds a part to the open level.</summary>
    internal void AddPart(in ConsolidatedPart part) => _parts.Add(part);

    /// <summary>Closes the open level with its sums.</summary>
    internal void EndLevel(in ConsolidatedLevel level) => _levels.Add(level);
}
