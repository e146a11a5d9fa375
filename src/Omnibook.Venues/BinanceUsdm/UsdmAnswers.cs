using System.Text.Json;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Venues.Json;
using static Omnibook.Venues.Json.JsonAnswer;

namespace Omnibook.Venues.BinanceUsdm;

/// <summary>Reads the answers to <see cref="UsdmRequests"/>. Refusals have an HTTP status of their own and never come here.</summary>
public static class UsdmAnswers
{
    /// <summary>Reads the venue's clock: <c>{"serverTime":1499827319559}</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static Timestamp Time(ReadOnlyMemory<byte> body) => Read(body, root => Moment(root, "serverTime"));

    /// <summary>Reads candles: <c>[1499040000000,"0.01634790","0.80000000","0.01575800","0.01577100","148976.11427815",1499644799999,"2434.19055334",308,"1756.87402397","28.46694368","0"]</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<Candle> Candles(ReadOnlyMemory<byte> body) => Read(body, root => List(root, row => new Candle(
        Moment(JsonField.IntegerOf(row[0])),
        JsonField.AmountOf(row[1]),
        JsonField.AmountOf(row[2]),
        JsonField.AmountOf(row[3]),
        JsonField.AmountOf(row[4]),
        JsonField.AmountOf(row[5]),
        JsonField.AmountOf(row[7]),
        JsonField.IntegerOf(row[8]))));

    /// <summary>
    /// Reads prices and the next funding, of one contract or of many:
    /// <c>{"symbol":"BTCUSDT","markPrice":"11793.63104562","indexPrice":"11781.80495970","estimatedSettlePrice":"11781.16138815","lastFundingRate":"0.00038246","nextFundingTime":1597392000000,"interestRate":"0.00010000","time":1597370495002}</c>.
    /// </summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<UsdmPremium> PremiumIndex(ReadOnlyMemory<byte> body) => Read(body, root => OneOrMany(root, row => new UsdmPremium(
        JsonField.RequiredText(row, "symbol"),
        JsonField.RequiredAmount(row, "markPrice"),
        JsonField.RequiredAmount(row, "indexPrice"),
        JsonField.Amount(row, "lastFundingRate"),
        Moment(JsonField.Integer(row, "nextFundingTime") ?? 0),
        Moment(row, "time"))));

    /// <summary>Reads open interest, whose worth is not in it: <c>{"openInterest":"10659.509","symbol":"BTCUSDT","time":1589437530011}</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static OpenInterestPoint OpenInterest(ReadOnlyMemory<byte> body) => Read(body, root => new OpenInterestPoint(
        Moment(root, "time"), JsonField.RequiredAmount(root, "openInterest"), Value: null));

    /// <summary>Reads open interest of the past: <c>{"symbol":"BTCUSDT","sumOpenInterest":"20403.63700000","sumOpenInterestValue":"150570784.07809979","timestamp":"1583127900000"}</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<OpenInterestPoint> OpenInterestHistory(ReadOnlyMemory<byte> body) => Read(body, root => List(root, row => new OpenInterestPoint(
        Moment(row, "timestamp"), JsonField.RequiredAmount(row, "sumOpenInterest"), JsonField.RequiredAmount(row, "sumOpenInterestValue"))));

    /// <summary>Reads shares of accounts: <c>{"symbol":"BTCUSDT","longShortRatio":"0.1960","longAccount":"0.6622","shortAccount":"0.3378","timestamp":"1583139600000"}</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<LongShortPoint> LongShort(ReadOnlyMemory<byte> body) => Read(body, root => List(root, row => new LongShortPoint(
        Moment(row, "timestamp"), JsonField.RequiredAmount(row, "longAccount"), JsonField.RequiredAmount(row, "shortAccount"))));

    /// <summary>Reads paid funding: <c>{"symbol":"BTCUSDT","fundingTime":1698768000000,"fundingRate":"0.00010000","markPrice":"34287.54619963"}</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<UsdmFunding> FundingHistory(ReadOnlyMemory<byte> body) => Read(body, root => List(root, row => new UsdmFunding(
        JsonField.RequiredText(row, "symbol"), JsonField.RequiredAmount(row, "fundingRate"), Moment(row, "fundingTime"))));

    /// <summary>Reads intervals of funding by contract: <c>{"symbol":"BLZUSDT","adjustedFundingRateCap":"0.02500000","adjustedFundingRateFloor":"-0.02500000","fundingIntervalHours":8,"disclaimer":false}</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyDictionary<string, TimeSpan> FundingIntervals(ReadOnlyMemory<byte> body) => Read(body, root => root.EnumerateArray()
        .ToLookup(row => JsonField.RequiredText(row, "symbol"), row => TimeSpan.FromHours(JsonField.RequiredInteger(row, "fundingIntervalHours")), StringComparer.Ordinal)
        .ToDictionary(rows => rows.Key, rows => rows.Last(), StringComparer.Ordinal));

    /// <summary>Reads 24 h figures, of one contract or of many.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<UsdmTicker> Tickers(ReadOnlyMemory<byte> body) => Read(body, root => OneOrMany(root, row => new UsdmTicker(
        JsonField.RequiredText(row, "symbol"),
        JsonField.RequiredAmount(row, "lastPrice"),
        JsonField.RequiredAmount(row, "openPrice"),
        JsonField.RequiredAmount(row, "highPrice"),
        JsonField.RequiredAmount(row, "lowPrice"),
        JsonField.RequiredAmount(row, "volume"),
        JsonField.RequiredAmount(row, "quoteVolume"),
        JsonField.RequiredInteger(row, "count"))));

    /// <summary>Reads aggregates: <c>{"a":26129,"p":"0.01633102","q":"4.70443515","f":27781,"l":27781,"T":1498793709153,"m":true}</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<PastTrade> AggregateTrades(ReadOnlyMemory<byte> body) => Read(body, root => List(root, row => new PastTrade(
        JsonField.RequiredInteger(row, "a"), JsonField.RequiredAmount(row, "p"), JsonField.RequiredAmount(row, "q"), TakerOf(row, "m"), Moment(row, "T"))));

    /// <summary>Reads fills: <c>{"id":28457,"price":"4.00000100","qty":"12.00000000","quoteQty":"48.00","time":1499865549590,"isBuyerMaker":true}</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<PastTrade> Trades(ReadOnlyMemory<byte> body) => Read(body, root => List(root, row => new PastTrade(
        JsonField.RequiredInteger(row, "id"), JsonField.RequiredAmount(row, "price"), JsonField.RequiredAmount(row, "qty"), TakerOf(row, "isBuyerMaker"), Moment(row, "time"))));

    /// <summary>The buyer was the maker, so the taker sold.</summary>
    private static TakerSide TakerOf(JsonElement row, string buyerIsMaker) =>
        row.GetProperty(buyerIsMaker).GetBoolean() ? TakerSide.Sell : TakerSide.Buy;
}
