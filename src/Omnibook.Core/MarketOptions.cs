using Omnibook.Core.Books;
using Omnibook.Core.Instruments;

namespace Omnibook.Core;

/// <summary>How a <see cref="Market"/> treats its books.</summary>
public sealed record MarketOptions
{
    /// <summary>How patient books are.</summary>
    public BookOptions Books { get; init; } = BookOptions.Default;

    /// <summary>Options of the book of one instrument, where they differ from <see cref="Books"/>; null from it means that they do not.</summary>
    public Func<Instrument, BookOptions?>? BookOptionsOf { get; init; }
}
