namespace Omnibook.Core.Instruments;

/// <summary>A configured set of instruments that is served as one book.</summary>
public sealed class Composite
{
    /// <summary>Creates a composite; its scales are the finest of its members', so that every amount stays exact.</summary>
    /// <exception cref="ArgumentException">There is no member, or one appears twice.</exception>
    public Composite(string name, IReadOnlyList<Instrument> members)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (members.Count == 0 || members.Distinct().Count() != members.Count)
        {
            throw new ArgumentException($"Composite {name} needs members, each once.", nameof(members));
        }

        (Name, Members) = (name, members);
        PriceScale = members.Select(member => member.PriceScale).Aggregate(Scale.Finer);
        QuantityScale = members.Select(member => member.QuantityScale).Aggregate(Scale.Finer);
    }

    /// <summary>The configured name: <c>NBBO</c>, <c>BTC</c>.</summary>
    public string Name { get; }

    /// <summary>The instruments whose books are merged, in configured order.</summary>
    public IReadOnlyList<Instrument> Members { get; }

    /// <summary>The finest price scale of the members.</summary>
    public Scale PriceScale { get; }

    /// <summary>The finest quantity scale of the members.</summary>
    public Scale QuantityScale { get; }
}
