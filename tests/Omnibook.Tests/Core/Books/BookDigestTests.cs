using System.Security.Cryptography;
using System.Text;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core.Books;

public sealed class BookDigestTests
{
    [Fact]
    public void The_fingerprint_is_that_of_the_written_levels()
    {
        var book = new OrderBook(MadeInstruments.Make(priceDecimals: 2, quantityDecimals: 3));
        book.Apply(
            new BookSnapshot(book.Instrument.Id, 1, default),
            [OrderBookHarness.Level(6165900, 2), OrderBookHarness.Level(6165970, 1486)],
            [OrderBookHarness.Level(6165980, 981000)]);

        Assert.Equal(Hash("b 61659.7 1.486\nb 61659 0.002\na 61659.8 981"), BookDigest.Of(book));
    }

    [Fact]
    public void An_empty_book_is_an_empty_text() =>
        Assert.Equal(Hash(""), BookDigest.Of([], [], new Scale(0), new Scale(0)));

    [Fact]
    public void A_book_of_asks_alone_begins_with_no_line_feed() =>
        Assert.Equal(Hash("a 5 1"), BookDigest.Of([], [OrderBookHarness.Level(5, 1)], new Scale(0), new Scale(0)));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
}
