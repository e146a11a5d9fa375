using System.Globalization;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.History.Journal;

/// <summary>
/// What stands at the head of every file: which instruments the numbers in its records stand for, how their amounts are counted, and the last trade of
/// each, so that a quiet instrument's is found without reading far back.
/// </summary>
/// <param name="Entries">The instruments.</param>
internal sealed record JournalHead(IReadOnlyList<JournalHead.Entry> Entries)
{
    /// <summary>The version of the format: of heads and of records.</summary>
    public const int Version = 1;

    /// <summary>The bytes of a head.</summary>
    public byte[] ToBytes()
    {
        var sink = new ByteSink();
        sink.Byte(Version);
        sink.Number((ulong)Entries.Count);
        foreach (var entry in Entries)
        {
            sink.Signed(entry.Index);
            Write(sink, entry.Listing);
            Write(sink, entry.Last);
        }

        return sink.Written.ToArray();
    }

    /// <summary>Reads a head.</summary>
    /// <exception cref="JournalVersionException">It is of a newer version.</exception>
    /// <exception cref="InvalidDataException">It cannot be understood.</exception>
    public static JournalHead Of(ReadOnlySpan<byte> bytes)
    {
        var source = new ByteSource(bytes);
        int version = source.Byte();
        if (version != Version)
        {
            throw new JournalVersionException(
                $"The journal was written in format {version}, and this version of omnibook reads format {Version}. Run the newer version, or name another folder with OMNIBOOK_DATA.");
        }

        var entries = new Entry[source.Count()];
        for (var i = 0; i < entries.Length; i++)
        {
            var index = (int)source.Signed();
            entries[i] = new Entry(index, Listing(ref source), LastTrade(ref source, index));
        }

        return new JournalHead(entries);
    }

    /// <summary>Writes what a venue says of an instrument.</summary>
    internal static void Write(ByteSink sink, InstrumentListing listing)
    {
        sink.Text(listing.Venue.Key);
        sink.Text(listing.Symbol);
        sink.Text(listing.WireSymbol);
        sink.Text(listing.Pair.Base);
        sink.Text(listing.Pair.Quote);
        sink.Byte((int)listing.Kind);
        sink.Byte(listing.PriceScale.Decimals);
        sink.Byte(listing.QuantityScale.Decimals);
        sink.Signed(listing.Tick.Units);
        sink.Signed(listing.Lot.Units);
        sink.Text(listing.Multiplier.ToString(CultureInfo.InvariantCulture));
        sink.Byte((int)listing.Status);
    }

    /// <summary>Reads what a venue said of an instrument.</summary>
    internal static InstrumentListing Listing(ref ByteSource source)
    {
        var (venue, symbol, wireSymbol) = (new VenueId(source.Text()), source.Text(), source.Text());
        return new InstrumentListing
        {
            Venue = venue,
            Symbol = symbol,
            WireSymbol = wireSymbol,
            Pair = new Pair(source.Text(), source.Text()),
            Kind = (InstrumentKind)source.Byte(),
            PriceScale = new Scale(source.Byte()),
            QuantityScale = new Scale(source.Byte()),
            Tick = new Price(source.Signed()),
            Lot = new Quantity(source.Signed()),
            Multiplier = decimal.Parse(source.Text(), CultureInfo.InvariantCulture),
            Status = (InstrumentStatus)source.Byte(),
        };
    }

    private static void Write(ByteSink sink, Trade? last)
    {
        sink.Byte(last is null ? 0 : last.Value.TakerSide == TakerSide.Buy ? 1 : 2);
        if (last is { } trade)
        {
            sink.Signed(trade.TradeId);
            sink.Signed(trade.Price.Units);
            sink.Signed(trade.Quantity.Units);
            sink.Signed(trade.Times.VenueTime.Nanoseconds);
            sink.Signed(trade.Times.ReceivedAt.Nanoseconds);
        }
    }

    private static Trade? LastTrade(ref ByteSource source, int index)
    {
        var side = source.Byte();
        return side == 0
            ? null
            : new Trade(
                new InstrumentId(index),
                source.Signed(),
                new Price(source.Signed()),
                new Quantity(source.Signed()),
                side == 1 ? TakerSide.Buy : TakerSide.Sell,
                new EventTimes(new Timestamp(source.Signed()), new Timestamp(source.Signed())));
    }

    /// <summary>An instrument of a head.</summary>
    /// <param name="Index">Its number in the records of the file; -1 when it is in none of them.</param>
    /// <param name="Listing">What the venue said of it.</param>
    /// <param name="Last">Its last trade when the head was written, counted as the listing says; null when there was none, or nobody follows it any more.</param>
    internal sealed record Entry(int Index, InstrumentListing Listing, Trade? Last);
}
