using System.Text.Json;
using System.Text.Unicode;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Binance;

/// <summary>Translates the frames of one connection to a Binance market. What the markets do not share is asked of <see cref="IBinanceMarket"/>.</summary>
internal sealed class BinanceSession : IVenueSession
{
    private readonly ConnectionPlan _plan;
    private readonly IBinanceMarket _market;
    private readonly BinanceRoutes _routes;
    private readonly BinanceLevels _levels = new();
    private readonly BinanceNumbers _numbers = new();
    private readonly byte[] _scratch = new byte[256];
    private long _unknownTimes;
    private long _duplicateKeys;
    private long _generalFrames;

    public BinanceSession(ConnectionPlan plan, Func<string, Instrument?>? unknown, IBinanceMarket market)
    {
        (_plan, _market, _routes) = (plan, market, new BinanceRoutes(plan, unknown));
        Opening = BinanceRequests.Opening(plan);
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> Opening { get; }

    public SessionOddities Oddities => new(_unknownTimes, _duplicateKeys, _generalFrames);

    public IReadOnlyList<ReadOnlyMemory<byte>> Resubscribe(int stream) => BinanceRequests.Resubscribe(_plan, stream);

    public FrameOutcome Translate(ReadOnlySpan<byte> frame, Timestamp receivedAt, EventBatch batch)
    {
        var fields = default(BinanceFields);
        return BinanceLayoutParser.TryRead(frame, _market, _routes, _levels, ref fields, out var instrument, out var stream)
            ? Conclude(fields, instrument, stream, receivedAt, batch)
            : TranslateGeneral(frame, receivedAt, batch);
    }

    /// <summary>Translates with the general parser alone, whatever the layout.</summary>
    internal FrameOutcome TranslateGeneral(ReadOnlySpan<byte> frame, Timestamp receivedAt, EventBatch batch)
    {
        if (!Utf8.IsValid(frame))
        {
            return FrameOutcome.Malformed("not UTF-8");
        }

        try
        {
            return BinanceEnvelope.TryRead(frame, out var envelope)
                ? TranslateEnvelope(envelope, receivedAt, batch)
                : new FrameOutcome(FrameKind.Unknown);
        }
        catch (JsonException)
        {
            return FrameOutcome.Malformed("not JSON");
        }
    }

    private FrameOutcome TranslateEnvelope(in BinanceEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        var kind = EventOf(envelope);
        return kind switch
        {
            BinanceEvent.ServerShutdown => new FrameOutcome(FrameKind.Closing),
            BinanceEvent.None when envelope.Event.IsEmpty => Answer(envelope),
            BinanceEvent.None => new FrameOutcome(FrameKind.Unknown, -1, BinanceText.Shorten(envelope.Event)),
            _ => TranslateEvent(envelope, kind, receivedAt, batch),
        };
    }

    /// <summary>The event by its name; without one, by the stream <c>!serverShutdown</c>, or by the update's number that only a bookTicker of Spot has.</summary>
    private BinanceEvent EventOf(in BinanceEnvelope envelope)
    {
        if (!envelope.Event.IsEmpty)
        {
            return BinanceEventNames.Read(envelope.Event);
        }

        if (envelope.Stream.SequenceEqual("!serverShutdown"u8))
        {
            return BinanceEvent.ServerShutdown;
        }

        return _market.LeavesTopsUnnamed && envelope.HasUpdateId ? BinanceEvent.BookTicker : BinanceEvent.None;
    }

    private FrameOutcome Answer(in BinanceEnvelope envelope)
    {
        var stream = BinanceRequests.StreamOf(envelope.Id, _plan);
        if (envelope.IsError)
        {
            return new FrameOutcome(FrameKind.Refused, stream, $"{envelope.Code} {envelope.Message}");
        }

        return new FrameOutcome(envelope.IsAccepted ? FrameKind.Acknowledged : FrameKind.Unknown, stream);
    }

    private FrameOutcome TranslateEvent(in BinanceEnvelope envelope, BinanceEvent kind, Timestamp receivedAt, EventBatch batch)
    {
        var fields = default(BinanceFields);
        var parser = new BinanceGeneralParser(_scratch);
        parser.Read(envelope, kind, ref fields);
        _generalFrames++;
        _duplicateKeys += parser.Duplicates;
        if (fields.Symbol.IsEmpty)
        {
            return FrameOutcome.Malformed("an event without symbol");
        }

        // COIN-M contracts share some streams since 2026-06-30; https://developers.binance.com/docs/derivatives/change-log
        if (fields.Family != 1 || !_routes.TryFindOrLearn(fields, out var instrument, out var stream))
        {
            return new FrameOutcome(FrameKind.Unknown);
        }

        if (fields.Has(BinanceKeys.Bids | BinanceKeys.Asks) && !parser.TryReadLevels(instrument, _levels))
        {
            return FrameOutcome.Malformed("depthUpdate whose levels cannot be read");
        }

        return Conclude(fields, instrument, stream, receivedAt, batch);
    }

    private FrameOutcome Conclude(
        scoped in BinanceFields fields, Instrument instrument, int stream, Timestamp receivedAt, EventBatch batch)
    {
        if (_market.Translate(fields, instrument, _levels, receivedAt, ref _unknownTimes, batch) is { } trouble)
        {
            return FrameOutcome.Malformed(trouble);
        }

        if (fields.Event == BinanceEvent.DepthUpdate && _numbers.BeginAnew(instrument.Id, fields.LastId))
        {
            batch.On(new VenueStatus(instrument.Id, BookState.Resyncing, StatusReasons.SequenceRestarted, default, receivedAt));
        }

        return FrameOutcome.Data(stream);
    }
}
