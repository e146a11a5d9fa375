using Omnibook.Core.Events;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>
/// Asks for whole books between the venue's slow pushes. <c>l2Book</c> comes every five seconds or so, while <c>bbo</c> tells of
/// each block that moved the touch. A touch cannot be patched into a book (which levels went is not said), but it says that the
/// book is out of date: then the whole book is asked for on the same socket.
/// <code>{"method":"post","id":1,"request":{"type":"info","payload":{"type":"l2Book","coin":"BTC"}}}</code>
/// </summary>
/// <remarks>
/// At most one request in <see cref="Pause"/> on a socket, for the coin whose book is oldest among those that moved. Where pushes
/// are quicker than that, nothing is ever asked. Time is the time of the frames.
/// </remarks>
/// <seealso href="https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/websocket/post-requests"/>
internal sealed class BookRefresh
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HoldAfterRefusal = TimeSpan.FromMinutes(1);

    private readonly Book[] _books;
    private Timestamp _askedAt;
    private Timestamp _heldSince;

    /// <summary>Knows the books of a plan; the other streams of it are never asked for.</summary>
    public BookRefresh(IReadOnlyList<StreamPlan> streams) =>
        _books = [.. streams.Select((stream, index) => new Book(stream, index))];

    /// <summary>A book came, by push or as an answer.</summary>
    public void Came(int stream, Timestamp at)
    {
        if (stream >= 0)
        {
            _books[stream].CameAt = at;
            _books[stream].AskedAt = default;
            _books[stream].HasMoved = false;
        }
    }

    /// <summary>The touch of a book moved. Gives the request to send now, or null.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Moved(int stream, Timestamp now)
    {
        if (stream < 0)
        {
            return null;
        }

        _books[stream].HasMoved = true;
        if (IsWithin(Pause, _askedAt, now) || IsWithin(HoldAfterRefusal, _heldSince, now) || Oldest(now) is not { } book)
        {
            return null;
        }

        _askedAt = now;
        book.AskedAt = now;
        return book.Request;
    }

    /// <summary>The venue refused a request: none for a while.</summary>
    public void Refused(Timestamp at) => _heldSince = at;

    private Book? Oldest(Timestamp now)
    {
        Book? oldest = null;
        foreach (var book in _books)
        {
            // Before its first push a book is on its way already.
            var isDue = book.HasMoved && !book.CameAt.IsUnknown
                && !IsWithin(Pause, book.CameAt, now) && !IsWithin(AnswerTimeout, book.AskedAt, now);
            oldest = isDue && (oldest is null || book.CameAt < oldest.CameAt) ? book : oldest;
        }

        return oldest;
    }

    // A clock that was set back leaves a moment in its future: that holds nothing up.
    private static bool IsWithin(TimeSpan span, Timestamp moment, Timestamp now) =>
        !moment.IsUnknown && now >= moment && now - moment < span;

    private sealed class Book(StreamPlan stream, int index)
    {
        public IReadOnlyList<ReadOnlyMemory<byte>> Request { get; } =
            stream.Channel == Channel.Book ? [Frame(stream.Instrument.Listing.WireSymbol, index + 1)] : [];

        public Timestamp CameAt { get; set; }

        public Timestamp AskedAt { get; set; }

        public bool HasMoved { get; set; }

        private static ReadOnlyMemory<byte> Frame(string coin, int id) => JsonText.Object(writer =>
        {
            writer.WriteString("method", "post");
            writer.WriteNumber("id", id);
            writer.WriteStartObject("request");
            writer.WriteString("type", "info");
            writer.WriteStartObject("payload");
            writer.WriteString("type", "l2Book");
            writer.WriteString("coin", coin);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }
}
