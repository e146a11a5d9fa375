using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core.Books;

/// <summary>
/// Feeds the depth frames of a Binance recording to a book with the plainest JSON reader there is, so that the book is judged without
/// the connector. Lines are <c>&lt;receive time, ns&gt; &lt;frame&gt;</c>.
/// </summary>
internal sealed class RecordedDepth(OrderBook book, bool chainsByPreviousId)
{
    public int Frames { get; private set; }

    /// <summary>The folder of recordings beside the repository; null where it is absent.</summary>
    public static string? Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Omnibook.slnx")))
            {
                var captures = Path.Combine(folder.FullName, "..", "shared", "captures");
                return Directory.Exists(captures) ? captures : null;
            }
        }

        return null;
    }

    public void Play(string path)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        while (lines.ReadLine() is { } line)
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            var receivedAt = new Timestamp(long.Parse(line.AsSpan(0, blank)));
            using var frame = JsonDocument.Parse(line.AsMemory(blank + 1));
            Play(frame.RootElement.TryGetProperty("data", out var data) ? data : frame.RootElement, receivedAt);
        }
    }

    private void Play(JsonElement frame, Timestamp receivedAt)
    {
        var times = new EventTimes(default, receivedAt);
        if (frame.TryGetProperty("lastUpdateId", out var snapshot))
        {
            Frames++;
            book.Apply(
                new BookSnapshot(book.Instrument.Id, snapshot.GetInt64(), times), Levels(frame, "bids"), Levels(frame, "asks"));
        }
        else if (frame.TryGetProperty("U", out var first))
        {
            Frames++;
            var from = chainsByPreviousId ? frame.GetProperty("pu").GetInt64() + 1 : first.GetInt64();
            book.Apply(
                new BookUpdate(book.Instrument.Id, from, frame.GetProperty("u").GetInt64(), times),
                Levels(frame, "b"),
                Levels(frame, "a"));
        }
        else if (frame.TryGetProperty("B", out _) && frame.TryGetProperty("u", out var u))
        {
            book.Apply(new TopOfBook(book.Instrument.Id, u.GetInt64(), Top(frame, "b", "B"), Top(frame, "a", "A"), times));
        }
    }

    private Level[] Levels(JsonElement frame, string name) =>
        [.. frame.GetProperty(name).EnumerateArray().Select(level => Level(level[0], level[1]))];

    private Level Top(JsonElement frame, string price, string quantity) => Level(frame.GetProperty(price), frame.GetProperty(quantity));

    private Level Level(JsonElement price, JsonElement quantity) =>
        new(new Price(Units(book.Instrument.PriceScale, price)), new Quantity(Units(book.Instrument.QuantityScale, quantity)));

    private static long Units(Scale scale, JsonElement amount)
    {
        var error = scale.TryParse(Encoding.ASCII.GetBytes(amount.GetString()!), out var units);
        Assert.Equal(AmountError.None, error);
        return units;
    }
}
