using System.Text.Json;
using System.Text.Unicode;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.BinanceUsdm;

/// <summary>Translates the frames of one connection.</summary>
internal sealed class BinanceUsdmSession : IVenueSession
{
    private readonly ConnectionPlan _plan;
    private readonly UsdmRoutes _routes;
    private readonly UsdmLevels _levels = new();
    private readonly byte[] _scratch = new byte[256];
    private long _unknownTimes;
    private long _duplicateKeys;
    private long _generalFrames;

    public BinanceUsdmSession(ConnectionPlan plan, Func<string, Instrument?>? unknown)
    {
        (_plan, _routes) = (plan, new UsdmRoutes(plan, unknown));
        Opening = UsdmRequests.Opening(plan);
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> Opening { get; }

    public SessionOddities Oddities => new(_unknownTimes, _duplicateKeys, _generalFrames);

    public IReadOnlyList<ReadOnlyMemory<byte>> Resubscribe(int stream) => UsdmRequests.Resubscribe(_plan, stream);

    public FrameOutcome Translate(ReadOnlySpan<byte> frame, Timestamp receivedAt, EventBatch batch)
    {
        var fields = default(UsdmFields);
        return UsdmLayoutParser.TryRead(frame, _routes, _levels, ref fields, out var instrument, out var stream)
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
            return UsdmEnvelope.TryRead(frame, out var envelope)
                ? TranslateEnvelope(envelope, receivedAt, batch)
                : new FrameOutcome(FrameKind.Unknown);
        }
        catch (JsonException)
        {
            return FrameOutcome.Malformed("not JSON");
        }
    }

    private FrameOutcome TranslateEnvelope(in UsdmEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        if (envelope.Event.IsEmpty)
        {
            return Answer(envelope);
        }

        return UsdmEventNames.Read(envelope.Event) switch
        {
            UsdmEvent.None => new FrameOutcome(FrameKind.Unknown, -1, UsdmText.Shorten(envelope.Event)),
            UsdmEvent.ServerShutdown => new FrameOutcome(FrameKind.Closing),
            _ => TranslateEvent(envelope, receivedAt, batch),
        };
    }

    private FrameOutcome Answer(in UsdmEnvelope envelope)
    {
        var stream = UsdmRequests.StreamOf(envelope.Id, _plan);
        if (envelope.IsError)
        {
            return new FrameOutcome(FrameKind.Refused, stream, $"{envelope.Code} {envelope.Message}");
        }

        return new FrameOutcome(envelope.IsAccepted ? FrameKind.Acknowledged : FrameKind.Unknown, stream);
    }

    private FrameOutcome TranslateEvent(in UsdmEnvelope envelope, Timestamp receivedAt, EventBatch batch)
    {
        var fields = default(UsdmFields);
        var parser = new UsdmGeneralParser(_scratch);
        parser.Read(envelope, ref fields);
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

        if (fields.Has(UsdmKeys.Bids | UsdmKeys.Asks) && !parser.TryReadLevels(instrument, _levels))
        {
            return FrameOutcome.Malformed("depthUpdate whose levels cannot be read");
        }

        return Conclude(fields, instrument, stream, receivedAt, batch);
    }

    private FrameOutcome Conclude(
        scoped in UsdmFields fields, Instrument instrument, int stream, Timestamp receivedAt, EventBatch batch)
    {
        var trouble = UsdmTranslation.Translate(fields, instrument, _levels, receivedAt, ref _unknownTimes, batch);
        return trouble is null ? FrameOutcome.Data(stream) : FrameOutcome.Malformed(trouble);
    }
}
