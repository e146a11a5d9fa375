using Omnibook.Core.Derived;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Server.Apis.MarketData;
using Omnibook.Venues;
using Omnibook.Venues.Data;

namespace Omnibook.Tests.Server.Apis.CryExc;

/// <summary>A venue that answers with the figures that a test wants, and counts how often it was asked for what.</summary>
internal sealed class TickerData(bool hasDerivatives) : VenueData
{
    public override VenueCapabilities Capabilities { get; } = new()
    {
        Candles = FakeVenueData.Intervals("1m", "5m"),
        Tickers = true,
        OpenInterest = hasDerivatives,
        Liquidations = hasDerivatives,
        LongShort = hasDerivatives ? FakeVenueData.Intervals("5m") : [],
    };

    public List<string> Asked { get; } = [];

    public bool Fails { get; set; }

    public IReadOnlyList<DayTicker> Tickers { get; set; } = [];

    public IReadOnlyList<Candle> Candles { get; set; } = [];

    public OpenInterestPoint? OpenInterest { get; set; }

    public IReadOnlyList<LongShortPoint> Shares { get; set; } = [];

    public override Task<IReadOnlyList<DayTicker>> TickersAsync(VenueRest rest, InstrumentListing? instrument, CancellationToken cancellationToken) =>
        Answer($"tickers {instrument?.Symbol}", Tickers);

    public override Task<IReadOnlyList<Candle>> CandlesAsync(
        VenueRest rest, InstrumentListing instrument, CandleInterval interval, DataRange range, CancellationToken cancellationToken) =>
        Answer($"candles {instrument.Symbol} {interval} {range.Limit}", Candles);

    public override async Task<OpenInterestPoint> OpenInterestAsync(VenueRest rest, InstrumentListing instrument, CancellationToken cancellationToken) =>
        (await Answer($"oi {instrument.Symbol}", OpenInterest is null ? [] : new[] { OpenInterest }))[0];

    public override Task<IReadOnlyList<LongShortPoint>> LongShortAsync(
        VenueRest rest, InstrumentListing instrument, CandleInterval step, DataRange range, CancellationToken cancellationToken) =>
        Answer($"shares {instrument.Symbol} {step}", Shares);

    private Task<IReadOnlyList<T>> Answer<T>(string what, IReadOnlyList<T> rows)
    {
        lock (Asked)
        {
            Asked.Add(what);
        }

        return Fails || rows.Count == 0
            ? throw new VenueRequestException(RequestFailure.ServerError, "as the test wants") { StatusCode = 500 }
            : Task.FromResult(rows);
    }
}
