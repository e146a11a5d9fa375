using System.Globalization;
using System.Text;
using Omnibook.Benchmarks.Books;
using Omnibook.Benchmarks.Decode;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Benchmarks.Wire;

/// <summary>What the writers of made frames have in common. They are written from the venues' pages, apart from the parsers.</summary>
internal static class MadeFrames
{
    /// <summary>An instrument whose prices rise in steps of one unit.</summary>
    public static Instrument Instrument(string venue, string symbol, string wireSymbol, int priceDecimals, int quantityDecimals) =>
        new(new InstrumentId(0), new InstrumentListing
        {
            Venue = new VenueId(venue),
            Symbol = symbol,
            WireSymbol = wireSymbol,
            Pair = new Pair(symbol[..3], "USD"),
            Kind = InstrumentKind.Perpetual,
            PriceScale = new Scale(priceDecimals),
            QuantityScale = new Scale(quantityDecimals),
            Tick = new Price(1),
            Lot = new Quantity(1),
        });

    /// <summary>The levels of one side, joined by commas, in the order given; those of the best price first where it is a whole book.</summary>
    /// <param name="levels">Bids have a negated price.</param>
    /// <param name="side">Which.</param>
    /// <param name="render">A level, whose price is positive.</param>
    public static string Join(IEnumerable<Level> levels, Side side, Func<long, long, string> render) =>
        string.Join(',', levels
            .Where(level => level.Price.Units < 0 == (side == Side.Bid))
            .Select(level => render(Math.Abs(level.Price.Units), level.Quantity.Units)));

    /// <summary>A whole book, best first on each side, the bids before the asks.</summary>
    public static Level[] BestFirst(IEnumerable<Level> levels) =>
        [.. levels.OrderBy(level => level.Price.Units > 0).ThenBy(level => level.Price.Units)];

    /// <summary>So many units with all their decimals: <c>61700.10</c>.</summary>
    public static string Fixed(long units, int decimals) =>
        new decimal((int)units, (int)(units >> 32), 0, false, (byte)decimals).ToString(CultureInfo.InvariantCulture);

    /// <summary>The same, or a bare zero.</summary>
    public static string FixedOrZero(long units, int decimals) => units == 0 ? "0" : Fixed(units, decimals);

    /// <summary>The bytes of a frame.</summary>
    public static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    /// <summary>The fingerprint of a book.</summary>
    public static string Digest(IEnumerable<Level> levels, Instrument instrument)
    {
        var all = BestFirst(levels);
        Level[] bids = [.. all.Where(level => level.Price.Units < 0).Select(level => level with { Price = new Price(-level.Price.Units) })];
        return BookDigest.Of(bids, all.AsSpan(bids.Length), instrument.PriceScale, instrument.QuantityScale);
    }

    /// <summary>The frames of a book of which changes are sent, each numbered from 1; the book they begin with has number 0.</summary>
    /// <param name="frames">All but the frames.</param>
    /// <param name="made">What happens.</param>
    /// <param name="render">Writes the frame of a number.</param>
    public static DepthFrames Changes(DepthFrames frames, MadeLevels made, Func<IEnumerable<Level>, int, string> render) => frames with
    {
        Snapshot = Bytes(render(BestFirst(made.Start), 0)),
        Depth = [.. made.Frames.Select((levels, i) => Bytes(render(levels, i + 1)))],
        Levels = made.Frames.Sum(levels => levels.Length),
        ExpectedDigest = Digest(made.End, frames.Instrument),
    };
}
