using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;

namespace Omnibook.Server.Apis.Health;

/// <summary>What is to be told of a book.</summary>
/// <param name="Venue">The venue's key.</param>
/// <param name="Symbol">The venue's spelling.</param>
/// <param name="Status">How far it can be trusted, and why.</param>
/// <param name="Age">How long ago it was last updated; null when it never was.</param>
/// <param name="Sequence">The sequence number up to which it is complete.</param>
internal sealed record BookHealth(string Venue, string Symbol, BookStatus Status, TimeSpan? Age, long Sequence)
{
    /// <summary>What it has met since the start.</summary>
    public BookCounters Counters { get; init; }

    /// <summary>How long ago it began with a snapshot of the venue, or was found equal to one; null when it never was.</summary>
    public TimeSpan? VerifiedAge { get; init; }

    /// <summary>How much later than usual its last messages came.</summary>
    public TimeSpan Lag { get; init; }

    /// <summary>Reads every followed book, on the market's thread.</summary>
    public static Task<List<BookHealth>> ReadAllAsync(MarketLoop loop, InstrumentCatalog catalog, CancellationToken cancellationToken) =>
        loop.ReadAsync(market => ReadAll(market, catalog), cancellationToken);

    private static List<BookHealth> ReadAll(Market market, InstrumentCatalog catalog) =>
        [
            .. catalog.Instruments.Select(instrument => market.BookOf(instrument.Id))
                .Where(book => book.Status.Reason != StatusReasons.NotFollowed)
                .Select(book => Of(book, market)),
        ];

    private static BookHealth Of(OrderBook book, Market market) =>
        new(
            book.Instrument.Venue.Key,
            book.Instrument.Symbol,
            book.Status,
            book.Times.ReceivedAt.IsUnknown ? null : book.AgeAt(market.Now),
            book.Sequence)
        {
            Counters = book.Counters,
            Lag = book.Lag,
            VerifiedAge = book.VerifiedAt.IsUnknown ? null : market.Now - book.VerifiedAt,
        };
}
