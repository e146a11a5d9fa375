using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Server.Audit;

/// <summary>Chooses which book of a venue is compared next. Used on the market's thread.</summary>
/// <param name="options">How often.</param>
/// <param name="widens">Whether the venue's snapshots show a part of its books, so that a price can leave what is known.</param>
internal sealed class AuditRota(AuditOptions options, bool widens)
{
    private readonly Dictionary<InstrumentId, Timestamp> _tried = [];

    /// <summary>
    /// The live book that has waited longest of those whose turn it is; before them, those whose price has moved near the end of what is known.
    /// Null when it is nobody's turn.
    /// </summary>
    public Instrument? Next(Market market, IReadOnlyList<Instrument> instruments)
    {
        Instrument? chosen = null;
        var (isUrgent, longest) = (false, TimeSpan.MinValue);
        foreach (var instrument in instruments)
        {
            var book = market.BookOf(instrument.Id);
            if (!IsDue(book, market.Now))
            {
                continue;
            }

            var (isNearEdge, waited) = (IsNearEdge(book), market.Now - book.VerifiedAt);
            if (chosen is null || (isNearEdge && !isUrgent) || (isNearEdge == isUrgent && waited > longest))
            {
                (chosen, isUrgent, longest) = (instrument, isNearEdge, waited);
            }
        }

        if (chosen is not null)
        {
            _tried[chosen.Id] = market.Now;
        }

        return chosen;
    }

    private bool IsDue(OrderBook book, Timestamp now)
    {
        if (!book.IsLive || (_tried.TryGetValue(book.Instrument.Id, out var tried) && now - tried < Retry))
        {
            return false;
        }

        return IsNearEdge(book) || now - book.VerifiedAt >= options.Period;
    }

    private bool IsNearEdge(OrderBook book) => widens && book.IsNearEdge;

    /// <summary>A short period, as in tests, is not to wait for the pause.</summary>
    private TimeSpan Retry => options.Retry < options.Period ? options.Retry : options.Period;
}
