using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Bybit;

/// <summary>Reads the answers to <see cref="BybitRequests"/>.</summary>
public static class BybitAnswers
{
    /// <summary>Reads candles of any kind, newest first: <c>["1670608800000","17071","17073","17027","17055.5","268611","15.74462667"]</c>.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something else.</exception>
    public static IReadOnlyList<BybitCandle> Candles(ReadOnlyMemory<byte> body) => BybitAnswer.Read(body, result => List(result, Candle));

    /// <summary>Reads paid funding, newest first.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something else.</exception>
    public static IReadOnlyList<BybitFunding> FundingHistory(ReadOnlyMemory<byte> body) =>
        BybitAnswer.Read(body, result => List(result, row => new BybitFunding(
            JsonField.RequiredText(row, "symbol"), JsonField.RequiredAmount(row, "fundingRate"), Moment(row, "fundingRateTimestamp"))));

    /// <summary>Reads a page of open interest, newest first.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something else.</exception>
    public static BybitPage<BybitOpenInterest> OpenInterest(ReadOnlyMemory<byte> body) =>
        BybitAnswer.Read(body, result => Page(result, row => new BybitOpenInterest(
            JsonField.RequiredAmount(row, "openInterest"), JsonField.Amount(row, "singleOpenInterest"), Moment(row, "timestamp"))));

    /// <summary>Reads a page of long and short shares, newest first.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something else.</exception>
    public static BybitPage<BybitAccountRatio> AccountRatio(ReadOnlyMemory<byte> body) =>
        BybitAnswer.Read(body, result => Page(result, row => new BybitAccountRatio(
            JsonField.RequiredText(row, "symbol"), JsonField.RequiredAmount(row, "buyRatio"), JsonField.RequiredAmount(row, "sellRatio"), Moment(row, "timestamp"))));

    /// <summary>Reads the newest trades, newest first.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something else.</exception>
    public static IReadOnlyList<BybitTrade> RecentTrades(ReadOnlyMemory<byte> body) => BybitAnswer.Read(body, result => List(result, Trade));

    /// <summary>Reads 24 h figures.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something else.</exception>
    public static IReadOnlyList<BybitTickerRow> Tickers(ReadOnlyMemory<byte> body) => BybitAnswer.Read(body, result => List(result, Ticker));

    /// <summary>Reads the venue's clock: <c>{"timeSecond":"1688639403","timeNano":"1688639403423213947"}</c>.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something else.</exception>
    public static Timestamp Time(ReadOnlyMemory<byte> body) =>
        BybitAnswer.Read(body, result => new Timestamp(JsonField.RequiredInteger(result, "timeNano")));

    internal static BybitPage<T> Page<T>(JsonElement result, Func<JsonElement, T> read) =>
        new(List(result, read), JsonField.Text(result, "nextPageCursor") is { Length: > 0 } cursor ? cursor : null);

    private static T[] List<T>(JsonElement result, Func<JsonElement, T> read) => [.. JsonField.Rows(result, "list").Select(read)];

    private static BybitCandle Candle(JsonElement row)
    {
        var withVolume = row.GetArrayLength() > 6;
        return new BybitCandle(
            Moment(JsonField.IntegerOf(row[0])),
            JsonField.AmountOf(row[1]),
            JsonField.AmountOf(row[2]),
            JsonField.AmountOf(row[3]),
            JsonField.AmountOf(row[4]),
            withVolume ? JsonField.AmountOf(row[5]) : null,
            withVolume ? JsonField.AmountOf(row[6]) : null);
    }

    private static BybitTrade Trade(JsonElement row) => new(
        JsonField.RequiredText(row, "execId"),
        JsonField.RequiredText(row, "symbol"),
        JsonField.RequiredAmount(row, "price"),
        JsonField.RequiredAmount(row, "size"),
        JsonField.RequiredText(row, "side") switch
        {
            "Buy" => TakerSide.Buy,
            "Sell" => TakerSide.Sell,
            var other => throw new FormatException($"'{other}' is no side."),
        },
        Moment(row, "time"),
        JsonField.IsTrue(row, "isBlockTrade"));

    private static BybitTickerRow Ticker(JsonElement row) => new()
    {
        Symbol = JsonField.RequiredText(row, "symbol"),
        LastPrice = JsonField.Amount(row, "lastPrice"),
        MarkPrice = JsonField.Amount(row, "markPrice"),
        IndexPrice = JsonField.Amount(row, "indexPrice"),
        PrevPrice24h = JsonField.Amount(row, "prevPrice24h"),
        Price24hPcnt = JsonField.Amount(row, "price24hPcnt"),
        HighPrice24h = JsonField.Amount(row, "highPrice24h"),
        LowPrice24h = JsonField.Amount(row, "lowPrice24h"),
        Volume24h = JsonField.Amount(row, "volume24h"),
        Turnover24h = JsonField.Amount(row, "turnover24h"),
        OpenInterest = JsonField.Amount(row, "openInterest"),
        OpenInterestValue = JsonField.Amount(row, "openInterestValue"),
        SingleOpenInterest = JsonField.Amount(row, "singleOpenInterest"),
        FundingRate = JsonField.Amount(row, "fundingRate"),
        NextFundingTime = JsonField.Integer(row, "nextFundingTime") is { } next ? Moment(next) : default,
        FundingIntervalHour = JsonField.Amount(row, "fundingIntervalHour"),
        Bid1Price = JsonField.Amount(row, "bid1Price"),
        Bid1Size = JsonField.Amount(row, "bid1Size"),
        Ask1Price = JsonField.Amount(row, "ask1Price"),
        Ask1Size = JsonField.Amount(row, "ask1Size"),
    };

    private static Timestamp Moment(JsonElement row, string name) => Moment(JsonField.RequiredInteger(row, name));

    private static Timestamp Moment(long milliseconds)
    {
        VenueTimes.TryFromMilliseconds(milliseconds, out var moment);
        return moment;
    }
}
