using System.Globalization;
using System.Text;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Feed;

/// <summary>
/// A venue with a wire protocol of one letter and words: <c>d 0 17</c> data of stream 0 with sequence 17, <c>a 0</c> acknowledged,
/// <c>r 0 words</c> refused, <c>h</c> heartbeat, <c>c</c> closing, <c>u</c> unknown, <c>x</c> makes the session throw; the rest is malformed.
/// A snapshot is <c>{"sequence":17}</c>.
/// </summary>
internal sealed class ScriptedVenue(VenueRules? rules = null, bool hasSnapshots = true) : IVenue
{
    public static readonly VenueRules CalmRules = new()
    {
        SilenceLimit = TimeSpan.FromDays(1),
        SendSpacing = TimeSpan.Zero,
        AcknowledgeTimeout = TimeSpan.FromDays(1),
    };

    /// <summary>Called for each frame on the thread that translates.</summary>
    public Action? OnTranslate { get; init; }

    public VenueId Id => new("scripted");

    public VenueRules Rules { get; } = rules ?? CalmRules;

    public static Instrument Instrument(int id) => new(new InstrumentId(id), new InstrumentListing
    {
        Venue = new VenueId("scripted"),
        Symbol = $"S{id}",
        Pair = new Pair($"S{id}", "USD"),
        Kind = InstrumentKind.Perpetual,
        PriceScale = new Scale(2),
        QuantityScale = new Scale(3),
        Tick = new Price(1),
        Lot = new Quantity(1),
    });

    public static StreamPlan Book(int id, TimeSpan? quietLimit = null) => new($"book S{id}", Channel.Book, Instrument(id), quietLimit);

    public static StreamPlan Mark(int id, TimeSpan? quietLimit = null) => new($"mark S{id}", Channel.Derived, Instrument(id), quietLimit);

    public Task<IReadOnlyList<InstrumentListing>> ListInstrumentsAsync(VenueRest rest, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<InstrumentListing>>([]);

    public IReadOnlyList<ConnectionPlan> Plan(IReadOnlyList<Instrument> instruments) => [];

    public IVenueSession OpenSession(ConnectionPlan plan, Func<string, Instrument?>? unknown = null) => new Session(this, plan);

    public RestRequest? SnapshotRequest(Instrument instrument) =>
        hasSnapshots ? new RestRequest($"snapshot?symbol={instrument.Symbol}", 20) : null;

    public bool TryTranslateSnapshot(Instrument instrument, ReadOnlySpan<byte> body, Timestamp receivedAt, EventBatch batch)
    {
        var text = Encoding.UTF8.GetString(body);
        if (!text.StartsWith("{\"sequence\":", StringComparison.Ordinal))
        {
            return false;
        }

        var sequence = long.Parse(text[12..^1], CultureInfo.InvariantCulture);
        batch.On(new BookSnapshot(instrument.Id, sequence, new EventTimes(receivedAt, receivedAt)), [], []);
        return true;
    }

    private sealed class Session(ScriptedVenue venue, ConnectionPlan plan) : IVenueSession
    {
        public IReadOnlyList<ReadOnlyMemory<byte>> Opening =>
            [.. plan.Streams.Select(stream => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($"subscribe {stream.Name}"))];

        public IReadOnlyList<ReadOnlyMemory<byte>> Resubscribe(int stream) =>
            [Encoding.UTF8.GetBytes($"resubscribe {plan.Streams[stream].Name}")];

        public FrameOutcome Translate(ReadOnlySpan<byte> frame, Timestamp receivedAt, EventBatch batch)
        {
            venue.OnTranslate?.Invoke();
            var rest = frame.Length > 2 ? frame[2..] : default;
            return frame.IsEmpty ? FrameOutcome.Malformed("empty") : frame[0] switch
            {
                (byte)'d' => Data(rest, receivedAt, batch),
                (byte)'a' => new FrameOutcome(FrameKind.Acknowledged, Number(rest, out _)),
                (byte)'r' => new FrameOutcome(FrameKind.Refused, Number(rest, out var digits), Encoding.UTF8.GetString(rest[(digits + 1)..])),
                (byte)'h' => new FrameOutcome(FrameKind.Heartbeat),
                (byte)'c' => new FrameOutcome(FrameKind.Closing),
                (byte)'u' => new FrameOutcome(FrameKind.Unknown),
                (byte)'x' => throw new InvalidOperationException("a fault of the session"),
                _ => FrameOutcome.Malformed("not of this protocol"),
            };
        }

        private static int Number(ReadOnlySpan<byte> text, out int digits) =>
            System.Buffers.Text.Utf8Parser.TryParse(text, out int number, out digits) ? number : throw new FormatException();

        private FrameOutcome Data(ReadOnlySpan<byte> rest, Timestamp receivedAt, EventBatch batch)
        {
            var stream = Number(rest, out var digits);
            var sequence = Number(rest[(digits + 1)..], out _);
            var planned = plan.Streams[stream];
            var times = new EventTimes(receivedAt + TimeSpan.FromMilliseconds(-40), receivedAt);
            if (planned.Channel == Channel.Book)
            {
                batch.On(new BookUpdate(planned.Instrument.Id, sequence, sequence, times), [], []);
            }
            else
            {
                batch.On(new MarkPrice(planned.Instrument.Id, new Price(sequence), default, times));
            }

            return FrameOutcome.Data(stream);
        }
    }
}
