using Omnibook.Core.Books;
using Omnibook.Core.Instruments;
using Omnibook.Core.Trades;

namespace Omnibook.Core;

/// <summary>How a <see cref="Market"/> treats its books.</summary>
public sealed record MarketOptions
{
    /// <summary>How patient books are.</summary>
    public BookOptions Books { get; init; } = BookOptions.Default;

    /// <summary>Options of the book of one instrument, where they differ from <see cref="Books"/>; null from it means that they do not.</summary>
    public Func<Instrument, BookOptions?>? BookOptionsOf { get; init; }

    /// <summary>What an earlier process knew of the trades of an instrument; asked for once, when the first event of it comes. Null from it means nothing.</summary>
    public Func<Instrument, EarlierTrades?>? EarlierTradesOf { get; init; }
}
