using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// The venue's rules of a book, the same for both parsers. <c>u</c> rises by one with each update. Any snapshot replaces the whole
/// book, whenever it comes. <c>u = 1</c> says that the venue begins anew, and it means five things:
/// <list type="number">
/// <item>the service restarted: the snapshot is the new book, and counting goes on from 1;</item>
/// <item>the contract was delisted: both sides are empty;</item>
/// <item>a pre-market auction begins: both sides are empty, there is no book;</item>
/// <item>the auction gives way to continuous trading: the book that follows is a new one;</item>
/// <item>tick or lot changed: the book is cleared and begun anew.</item>
/// </list>
/// Only the instrument list tells the second from the third and fifth; until a book comes there is none in all three, so the
/// state is the same, and a book that comes later ends it.
/// https://bybit-exchange.github.io/docs/v5/websocket/public/full-ob (the table), …/public/orderbook (the first of them)
/// </summary>
internal static class BybitBooks
{
    // A number that falls back by more than a few late frames can only mean that counting began anew.
    private const long FarBack = 1000;

    /// <summary>Opens the book event.</summary>
    public static void Begin(BybitRoute route, bool isSnapshot, EventBatch batch)
    {
        if (isSnapshot)
        {
            batch.BeginSnapshot(route.Instrument.Id);
        }
        else
        {
            batch.BeginUpdate(route.Instrument.Id);
        }
    }

    /// <summary>Closes the open book event of <paramref name="batch"/> as a snapshot.</summary>
    public static void EndSnapshot(BybitRoute route, in BybitBook book, EventTimes times, EventBatch batch)
    {
        var isWithoutBook = book is { Levels: 0, Update: 1 };
        if (isWithoutBook)
        {
            batch.CancelBook();
            Say(route, BookState.Delisted, StatusReasons.Delisted, times, batch);
        }
        else
        {
            if (route.IsWithoutBook)
            {
                Say(route, BookState.Buffering, StatusReasons.AwaitingSnapshot, times, batch);
            }

            batch.EndBook(book.Update, book.Update, times, restartsSequence: route.HasSnapshot || book.Update == 1);
        }

        (route.HasSnapshot, route.IsWithoutBook, route.LastUpdate) = (true, isWithoutBook, book.Update);
    }

    /// <summary>Closes the open book event of <paramref name="batch"/> as a change, or takes it back where counting began anew without a book.</summary>
    public static void EndUpdate(BybitRoute route, in BybitBook book, EventTimes times, bool isConsecutive, EventBatch batch)
    {
        if (book.Update == 1 || book.Update < route.LastUpdate - FarBack)
        {
            batch.CancelBook();
            Say(route, BookState.Resyncing, StatusReasons.SequenceRestarted, times, batch);
            (route.HasSnapshot, route.LastUpdate) = (false, 0);
            return;
        }

        var first = isConsecutive || !route.HasSnapshot ? book.Update : Math.Min(route.LastUpdate + 1, book.Update);
        batch.EndBook(first, book.Update, times);
        route.LastUpdate = Math.Max(route.LastUpdate, book.Update);
    }

    private static void Say(BybitRoute route, BookState state, string reason, EventTimes times, EventBatch batch) =>
        batch.On(new VenueStatus(route.Instrument.Id, state, reason, default, times.ReceivedAt));
}
