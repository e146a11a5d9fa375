using System.Text;
using System.Text.Json;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Coinbase;

/// <summary>Reads the frames that say something of books without holding one. They are rare, so they may allocate.</summary>
internal static class CoinbaseStatements
{
    /// <summary>
    /// The books that are subscribed on the connection.
    /// <code>{"channel":"subscriptions","timestamp":"…","sequence_num":0,"events":[{"subscriptions":{"level2":["BTC-USD"],"heartbeats":["heartbeats"]}}]}</code>
    /// </summary>
    /// <exception cref="InvalidOperationException">The frame has another shape.</exception>
    public static HashSet<string> ReadBooks(ReadOnlySpan<byte> frame)
    {
        var reader = new Utf8JsonReader(frame);
        using var document = JsonDocument.ParseValue(ref reader);
        return JsonField.Rows(document.RootElement, "events")
            .SelectMany(row => row.TryGetProperty("subscriptions", out var channels) ? JsonField.Rows(channels, CoinbaseChannels.Level2) : [])
            .Select(product => product.GetString() ?? "")
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A book that was given up and is not subscribed stands still until its snapshot comes.</summary>
    /// <param name="books">What is subscribed.</param>
    /// <param name="products">The products.</param>
    /// <param name="receivedAt">When the frame came.</param>
    /// <param name="batch">Takes the states.</param>
    public static void Suspend(HashSet<string> books, CoinbaseProducts products, Timestamp receivedAt, EventBatch batch)
    {
        foreach (var product in products.All.Where(product => product.IsGivenUp))
        {
            if (!books.Contains(product.Instrument.Listing.WireSymbol) && !books.Contains(product.Instrument.Symbol))
            {
                product.IsGivenUp = false;
                Say(product, BookState.Buffering, StatusReasons.AwaitingSnapshot, receivedAt, batch);
            }
        }
    }

    /// <summary>
    /// Whether products trade. Only that one is gone, or back, is of concern: others keep their books.
    /// <code>{"channel":"status",…,"events":[{"type":"snapshot","products":[{"product_type":"SPOT","id":"ETH-USDT","base_currency":"BTC","quote_currency":"USD","base_increment":"0.00000001","quote_increment":"0.01","display_name":"BTC/USD","status":"online","status_message":"","min_market_funds":"1"}]}]}</code>
    /// </summary>
    /// <exception cref="InvalidOperationException">The frame has another shape.</exception>
    /// <exception cref="FormatException">A product has no id or no status.</exception>
    public static (string Product, bool IsDelisted)[] ReadStatus(ReadOnlySpan<byte> frame)
    {
        var reader = new Utf8JsonReader(frame);
        using var document = JsonDocument.ParseValue(ref reader);
        return [.. JsonField.Rows(document.RootElement, "events")
            .SelectMany(row => JsonField.Rows(row, "products"))
            .Select(row => (JsonField.RequiredText(row, "id"), JsonField.RequiredText(row, "status") == "delisted"))];
    }

    /// <summary>Tells of the books that are gone and of those that are back.</summary>
    /// <returns>The stream of a book that is back, to be subscribed anew; -1 for none.</returns>
    public static int Tell((string Product, bool IsDelisted)[] rows, CoinbaseProducts products, Timestamp receivedAt, EventBatch batch)
    {
        var back = -1;
        foreach (var (id, isDelisted) in rows)
        {
            if (products.TryFindKnown(Encoding.UTF8.GetBytes(id), out var product) && product.IsDelisted != isDelisted)
            {
                product.IsDelisted = isDelisted;
                back = isDelisted ? back : product.StreamOf(Channel.Book);
                Say(
                    product,
                    isDelisted ? BookState.Delisted : BookState.Buffering,
                    isDelisted ? StatusReasons.Delisted : StatusReasons.AwaitingSnapshot,
                    receivedAt,
                    batch);
            }
        }

        return back;
    }

    /// <summary>Something of the connection is missing: no book of it is what it was.</summary>
    public static void Hole(CoinbaseProducts products, Timestamp receivedAt, EventBatch batch)
    {
        foreach (var product in products.All)
        {
            product.LastBook = -1;
            if (product.HasBook || product.StreamOf(Channel.Book) >= 0)
            {
                Say(product, BookState.Resyncing, StatusReasons.Gap, receivedAt, batch);
            }
        }
    }

    private static void Say(CoinbaseProduct product, BookState state, string reason, Timestamp at, EventBatch batch) =>
        batch.On(new VenueStatus(product.Instrument.Id, state, reason, default, at));
}
