using System.Text;
using System.Text.Json;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Streams;
using Omnibook.Venues;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary>One of the two forms in which the dialect shows a single book.</summary>
internal interface IBookForm
{
    /// <summary>Writes a book that is followed.</summary>
    void Write(FrameWriter writer, OrderBook book);

    /// <summary>Writes a book as the venue answered it: <c>{"coin":…,"time":…,"levels":[[{"px","sz","n"}…],[…]]}</c>.</summary>
    void Write(FrameWriter writer, byte[] answer);
}

/// <summary>The venue's own object: its bytes where it was asked, the same shape where the book is followed.</summary>
internal sealed class RawBookForm : IBookForm
{
    /// <inheritdoc />
    public void Write(FrameWriter writer, byte[] answer) => writer.Raw(answer);

    /// <inheritdoc />
    public void Write(FrameWriter writer, OrderBook book)
    {
        writer.Raw("{\"coin\":"u8).Text(book.Instrument.Symbol).Raw(",\"time\":"u8).Integer(book.Times.VenueTime.UnixMilliseconds);
        WriteSide(writer.Raw(",\"levels\":["u8), book.Bids, book.Instrument);
        WriteSide(writer.Raw(","u8), book.Asks, book.Instrument);
        writer.Raw("]}"u8);
    }

    private static void WriteSide(FrameWriter writer, Ladder ladder, Instrument instrument)
    {
        writer.Raw("["u8);
        var first = true;
        foreach (var level in ladder)
        {
            WriteAmount(writer.Raw(first ? "{\"px\":\""u8 : ",{\"px\":\""u8), level.Price.Units, instrument.PriceScale);
            WriteAmount(writer.Raw("\",\"sz\":\""u8), level.Quantity.Units, instrument.QuantityScale);
            writer.Raw("\",\"n\":"u8).Integer(level.Orders).Raw("}"u8);
            first = false;
        }

        writer.Raw("]"u8);
    }

    /// <summary>The venue writes whole numbers with one decimal: <c>113640.0</c>.</summary>
    private static void WriteAmount(FrameWriter writer, long units, Scale scale)
    {
        writer.Amount(units, scale);
        if (units % scale.UnitsPerOne == 0)
        {
            writer.Raw(".0"u8);
        }
    }
}

/// <summary>The dialect's order book: numbers, best prices, spread and middle.</summary>
internal sealed class ReconstructedBookForm : IBookForm
{
    // Fine enough for every amount that the venue sends: prices have at most 6 decimals, sizes at most 8.
    private static readonly Scale Fine = new(10);

    /// <inheritdoc />
    public void Write(FrameWriter writer, OrderBook book)
    {
        var instrument = book.Instrument;
        Begin(writer, instrument.Symbol, book.Times.VenueTime.UnixMilliseconds);
        WriteSide(writer.Raw("\"bids\":["u8), Copy(book.Bids), instrument.PriceScale, instrument.QuantityScale);
        WriteSide(writer.Raw("],\"asks\":["u8), Copy(book.Asks), instrument.PriceScale, instrument.QuantityScale);
        End(writer, Best(book.Bids), Best(book.Asks), instrument.PriceScale);
    }

    /// <inheritdoc />
    public void Write(FrameWriter writer, byte[] answer)
    {
        var (coin, time, bids, asks) = Parse(answer);
        Begin(writer, coin, time);
        WriteSide(writer.Raw("\"bids\":["u8), bids, Fine, Fine);
        WriteSide(writer.Raw("],\"asks\":["u8), asks, Fine, Fine);
        End(writer, bids is [var bid, ..] ? bid.Price : null, asks is [var ask, ..] ? ask.Price : null, Fine);
    }

    private static void Begin(FrameWriter writer, string coin, long time) =>
        writer.Raw("{\"coin\":"u8).Text(coin).Raw(",\"timestamp\":"u8).Integer(time).Raw(","u8);

    private static void End(FrameWriter writer, Price? bid, Price? ask, Scale scale)
    {
        QuoteWriter.Write(writer.Raw("],"u8), bid, ask, scale);
        writer.Raw("}"u8);
    }

    private static void WriteSide(FrameWriter writer, Level[] levels, Scale price, Scale quantity)
    {
        for (var i = 0; i < levels.Length; i++)
        {
            writer.Raw(i == 0 ? "{\"price\":"u8 : ",{\"price\":"u8).Amount(levels[i].Price.Units, price)
                .Raw(",\"size\":"u8).Amount(levels[i].Quantity.Units, quantity)
                .Raw(",\"orders\":"u8).Integer(levels[i].Orders).Raw("}"u8);
        }
    }

    private static Level[] Copy(Ladder ladder)
    {
        var levels = new Level[ladder.Count];
        ladder.CopyTo(levels);
        return levels;
    }

    private static Price? Best(Ladder ladder) => ladder.TryGetBest(out var best) ? best.Price : null;

    private static (string Coin, long Time, Level[] Bids, Level[] Asks) Parse(byte[] answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            var root = document.RootElement;
            var levels = root.GetProperty("levels");
            return (
                root.GetProperty("coin").GetString() ?? string.Empty,
                root.GetProperty("time").GetInt64(),
                [.. levels[0].EnumerateArray().Select(ParseLevel)],
                [.. levels[1].EnumerateArray().Select(ParseLevel)]);
        }
        catch (Exception broken) when (
            broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new VenueRequestException(RequestFailure.Unreadable, "The answer is no book.", broken);
        }
    }

    private static Level ParseLevel(JsonElement level) =>
        new(
            new Price(ParseAmount(level.GetProperty("px"))),
            new Quantity(ParseAmount(level.GetProperty("sz"))),
            level.GetProperty("n").GetInt32());

    private static long ParseAmount(JsonElement text)
    {
        var error = Fine.TryParse(Encoding.UTF8.GetBytes(text.GetString() ?? string.Empty), out var units);
        return error == AmountError.None ? units : throw new FormatException($"{text} is {error}.");
    }
}
