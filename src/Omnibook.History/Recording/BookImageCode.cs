using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History.Journal;

namespace Omnibook.History.Recording;

/// <summary>Writes and reads a whole book.</summary>
internal static class BookImageCode
{
    /// <summary>Writes it.</summary>
    public static void Write(ByteSink sink, BatchEncoder encoder, BookImage image)
    {
        sink.Number((ulong)image.Instrument.Index);
        sink.Signed(image.Sequence);
        encoder.Times(image.Times);
        sink.Byte((int)image.Status.State);
        sink.Text(image.Status.Reason);
        sink.Signed(image.Status.Since.Nanoseconds);
        sink.Signed(image.Status.Until.Nanoseconds);
        sink.Signed(image.Status.Resyncs);
        encoder.Levels([.. image.Bids]);
        encoder.Levels([.. image.Asks]);
        sink.Number((ulong)image.Kept.Count);
        foreach (var kept in image.Kept)
        {
            encoder.On(kept.Update, [.. kept.Bids], [.. kept.Asks]);
        }

        sink.Byte((int)EventKind.End);
        Write(sink, encoder, image.Thread);
        Write(sink, image.Timing);
        Write(sink, image.Demand);
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">That is no book.</exception>
    public static BookImage Read(ref ByteSource source, BatchDecoder decoder)
    {
        var (id, sequence, times) = (new InstrumentId((int)source.Number()), source.Signed(), decoder.Times(ref source));
        var status = new BookStatus((BookState)source.Byte(), source.Text(), At(ref source), At(ref source), source.Signed());
        var (bids, asks) = (decoder.Levels(ref source), decoder.Levels(ref source));
        source.Number();
        var kept = new KeptReader();
        decoder.Read(ref source, kept);
        return new BookImage
        {
            Instrument = id,
            Sequence = sequence,
            Times = times,
            Status = status,
            Bids = bids,
            Asks = asks,
            Kept = kept.Updates,
            Thread = ReadThread(ref source, decoder, id),
            Timing = new BookTiming(
                At(ref source), source.Signed(), source.Signed(), source.Signed(), source.Signed(), Optional(ref source), At(ref source)),
            Demand = new BookDemandState(
                source.Byte() == 1, source.Signed(), source.Signed(), (int)source.Signed(), (int)source.Signed(), (int)source.Signed(), (int)source.Signed(), source.Byte() == 1),
        };
    }

    private static void Write(ByteSink sink, BatchEncoder encoder, in BookThread thread)
    {
        sink.Byte(thread.IsWhole ? 1 : 0);
        sink.Signed(thread.UpdatesSinceSnapshot);
        sink.Signed(thread.StaleRun);
        sink.Signed(thread.Announced.Sequence);
        encoder.Levels([thread.Announced.Bid, thread.Announced.Ask]);
        Optional(sink, thread.Lowest?.Units);
        Optional(sink, thread.Highest?.Units);
        sink.Signed(thread.BidDepth);
        sink.Signed(thread.AskDepth);
    }

    private static BookThread ReadThread(ref ByteSource source, BatchDecoder decoder, InstrumentId id)
    {
        var (isWhole, updates, staleRun, sequence) = (source.Byte() == 1, source.Signed(), (int)source.Signed(), source.Signed());
        var top = decoder.Levels(ref source);
        var announced = new TopOfBook(id, sequence, top[0], top[1], default);
        Price? lowest = Optional(ref source) is { } low ? new Price(low) : null;
        Price? highest = Optional(ref source) is { } high ? new Price(high) : null;
        return new BookThread(isWhole, updates, staleRun, announced, lowest, highest, source.Signed(), source.Signed());
    }

    private static void Write(ByteSink sink, in BookTiming timing)
    {
        sink.Signed(timing.Now.Nanoseconds);
        sink.Signed(timing.Elapsed);
        sink.Signed(timing.Offset);
        sink.Signed(timing.MeanGap);
        sink.Signed(timing.HeardAt);
        Optional(sink, timing.CrossedSince);
        sink.Signed(timing.VerifiedAt.Nanoseconds);
    }

    private static void Write(ByteSink sink, in BookDemandState demand)
    {
        sink.Byte(demand.IsWanted ? 1 : 0);
        sink.Signed(demand.AskAt);
        sink.Signed(demand.NotBefore);
        sink.Signed(demand.Failures);
        sink.Signed(demand.Good);
        sink.Signed(demand.CoolDowns);
        sink.Signed(demand.TooOld);
        sink.Byte(demand.Reconnect ? 1 : 0);
    }

    private static Timestamp At(ref ByteSource source) => new(source.Signed());

    private static void Optional(ByteSink sink, long? value)
    {
        sink.Byte(value is null ? 0 : 1);
        sink.Signed(value ?? 0);
    }

    private static long? Optional(ref ByteSource source)
    {
        var (isKnown, value) = (source.Byte() == 1, source.Signed());
        return isKnown ? value : null;
    }

    private sealed class KeptReader : EventObserver
    {
        public List<KeptUpdate> Updates { get; } = [];

        public override void On(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) =>
            Updates.Add(new KeptUpdate(update, bids.ToArray(), asks.ToArray()));
    }
}
