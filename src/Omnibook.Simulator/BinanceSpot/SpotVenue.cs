using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.BinanceSpot;

/// <summary>Binance Spot. Each symbol counts its own updates and leaves no number out.</summary>
internal sealed class SpotVenue : BinanceVenue
{
    private const int MostIdCharacters = 36;
    private readonly SpotPublisher _own;
    private long _firstId;

    /// <summary>Creates the venue with markets that have just opened.</summary>
    public SpotVenue(SimulatorOptions options, Timestamp start)
        : base("binance-spot", options, start)
    {
        _firstId = 60_000_000_000 + (long)(Seed % 1_000_000_000);
        _own = new SpotPublisher(this);
        Rest = SpotEndpoints.Of(this);
        foreach (var symbol in SpotSymbols.First(options.SpotSymbols, options))
        {
            var market = AddMarket(symbol.Rules);
            var firstAggregate = 3_000_000_000 + (long)(SeededRandom.SeedOf(Seed, symbol.Rules.Symbol) % 100_000_000);
            var aggregates = new AggregateTrades(options.Remembered, firstAggregate, TimeSpan.Zero);
            List(new BinanceMarket(symbol, market, aggregates, [new("@100ms"), new(""), new("@1000ms")]));
        }

        _own.Start();
    }

    /// <inheritdoc />
    public override BinanceLimits Limits { get; } = new(
        6000, 5,
        "Too much request weight used; current limit is 6000 request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.",
        static until => $"Way too much request weight used; IP banned until {until}. Please use WebSocket Streams for live updates to avoid bans.");

    /// <inheritdoc />
    public override IBinanceFrames Frames { get; } = new SpotFrames();

    /// <inheritdoc />
    public override IReadOnlyList<string> Channels => SpotStreams.Channels;

    /// <inheritdoc />
    public override TimeSpan PingInterval => Options.SpotPingInterval;

    /// <summary>A minute; the other venues are more patient.</summary>
    public override TimeSpan PongPatience => TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    protected override BinanceRest Rest { get; }

    /// <inheritdoc />
    public override StreamName? ParseStream(string name) => SpotStreams.Parse(name);

    /// <summary>A whole number of 64 bits, a text of at most 36 characters, or null.</summary>
    public override bool IsRequestId(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.Number => id.TryGetInt64(out _),
        JsonValueKind.String => id.GetString()!.Length <= MostIdCharacters,
        _ => id.ValueKind == JsonValueKind.Null,
    };

    /// <inheritdoc />
    public override long NextSequence(SimulatedMarket market) =>
        market.Oracle.LastSequence == 0 ? _firstId : market.Oracle.LastSequence + 1;

    /// <inheritdoc />
    protected override VenueConnection? Open(string path, string streams) =>
        Open(StreamRoute.Public, path.Trim('/').Split('/'), streams);

    /// <summary>An aggregate is what one taker took at one price, so it is whole now.</summary>
    protected override void OnStepped(BinanceMarket market) => Publisher.CloseAggregate(market);

    /// <inheritdoc />
    protected override void AnnounceShutdown() => _own.Shutdown();

    /// <inheritdoc />
    protected override void RestartSequence()
    {
        base.RestartSequence();
        _firstId = 1;
    }
}
