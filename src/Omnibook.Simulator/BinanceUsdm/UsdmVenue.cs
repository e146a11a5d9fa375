using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary>
/// Binance USD-M futures. Update ids come from one counter shared by all symbols, so that each symbol's ids have holes and only
/// the chain of <c>pu</c> says whether an event is missing.
/// </summary>
internal sealed class UsdmVenue : BinanceVenue
{
    private readonly Dictionary<string, UsdmMarket> _contracts = new(StringComparer.Ordinal);
    private readonly SeededRandom _ids;
    private readonly UsdmPublisher _own;
    private long _lastId;

    /// <summary>Creates the venue with markets that have just opened.</summary>
    public UsdmVenue(SimulatorOptions options, Timestamp start)
        : base("binance-usdm", options, start)
    {
        _ids = new SeededRandom(SeededRandom.SeedOf(Seed, "ids"));
        _lastId = 9_000_000_000_000 + _ids.Below(1_000_000_000);
        _own = new UsdmPublisher(this);
        Rest = UsdmEndpoints.Of(this);
        foreach (var contract in UsdmSymbols.First(options.BinanceSymbols, options))
        {
            var market = new UsdmMarket(contract, AddMarket(contract.Symbol.Rules), Seed, options.Remembered);
            _contracts.Add(market.Name, market);
            List(market);
        }

        _own.Start();
    }

    /// <summary>The contracts.</summary>
    public IReadOnlyDictionary<string, UsdmMarket> Contracts => _contracts;

    /// <inheritdoc />
    public override BinanceLimits Limits { get; } = new(
        2400, 10,
        "Too many requests; current limit of IP(127.0.0.1) is 2400 requests per minute. Please use the websocket for live updates to avoid polling the API.",
        static until => $"Way too many requests; IP banned until {until}. Please use the websocket for live updates to avoid bans.");

    /// <inheritdoc />
    public override IBinanceFrames Frames { get; } = new UsdmFrames();

    /// <inheritdoc />
    public override IReadOnlyList<string> Channels => UsdmStreams.Channels;

    /// <inheritdoc />
    public override TimeSpan PingInterval => Options.BinancePingInterval;

    /// <inheritdoc />
    protected override BinanceRest Rest { get; }

    /// <inheritdoc />
    public override StreamName? ParseStream(string name) => UsdmStreams.Parse(name);

    /// <summary>An unsigned integer.</summary>
    public override bool IsRequestId(JsonElement id) => id.ValueKind == JsonValueKind.Number && id.TryGetUInt64(out _);

    /// <inheritdoc />
    public override long NextSequence(SimulatedMarket market) => _lastId += 1 + _ids.Below(12);

    /// <inheritdoc />
    public override void OnTrade(SimulatedMarket market, in MarketTrade trade)
    {
        base.OnTrade(market, trade);
        if (trade.IsLiquidation)
        {
            _contracts[market.Rules.Symbol].Forced.Add(trade);
        }
    }

    /// <inheritdoc />
    protected override VenueConnection? Open(string path, string streams)
    {
        var parts = path.Trim('/').Split('/');
        return parts[0] switch
        {
            "public" => Open(StreamRoute.Public, parts[1..], streams),
            "market" => Open(StreamRoute.Market, parts[1..], streams),
            "private" => Open(StreamRoute.Private, parts[1..], streams),
            _ => Open(StreamRoute.Public, parts, streams),
        };
    }

    /// <inheritdoc />
    protected override void OnDelisting(SimulatedMarket market, bool isDelisted)
    {
        base.OnDelisting(market, isDelisted);
        _own.OnContract(_contracts[market.Rules.Symbol]);
    }

    /// <inheritdoc />
    protected override void RestartSequence()
    {
        base.RestartSequence();
        _lastId = 1;
    }
}
