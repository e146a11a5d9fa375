using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Venues.Json;
using static Omnibook.Venues.Json.JsonAnswer;

namespace Omnibook.Venues.BinanceSpot;

/// <summary>Reads the answers to <see cref="BinanceSpotRequests"/>. Refusals have an HTTP status of their own and never come here.</summary>
public static class BinanceSpotAnswers
{
    /// <summary>Reads candles: <c>[1499040000000,"0.01634790","0.80000000","0.01575800","0.01577100","148976.11427815",1499644799999,"2434.19055334",308,"1756.87402397","28.46694368","0"]</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<BinanceSpotCandle> Candles(ReadOnlyMemory<byte> body) => Read(body, root => List(root, Candle));

    /// <summary>Reads aggregates: <c>{"a":26129,"p":"0.01633102","q":"4.70443515","f":27781,"l":27781,"T":1498793709153,"m":true,"M":true}</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<BinanceSpotTrade> AggregateTrades(ReadOnlyMemory<byte> body) => Read(body, root => List(root, Aggregate));

    /// <summary>Reads fills: <c>{"id":28457,"price":"4.00000100","qty":"12.00000000","quoteQty":"48.000012","time":1499865549590,"isBuyerMaker":true,"isBestMatch":true}</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<BinanceSpotTrade> Trades(ReadOnlyMemory<byte> body) => Read(body, root => List(root, Fill));

    /// <summary>Reads 24 h figures, of one pair or of many.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<BinanceSpotTicker> Tickers(ReadOnlyMemory<byte> body) => Read(body, root => OneOrMany(root, Ticker));

    /// <summary>Reads best bids and asks, of one pair or of many.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<BinanceSpotTop> BookTickers(ReadOnlyMemory<byte> body) => Read(body, root => OneOrMany(root, row => new BinanceSpotTop(
        JsonField.RequiredText(row, "symbol"),
        JsonField.RequiredAmount(row, "bidPrice"),
        JsonField.RequiredAmount(row, "bidQty"),
        JsonField.RequiredAmount(row, "askPrice"),
        JsonField.RequiredAmount(row, "askQty"))));

    /// <summary>Reads last prices, of one pair or of many.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<BinanceSpotPrice> Prices(ReadOnlyMemory<byte> body) => Read(body, root => OneOrMany(root, row => new BinanceSpotPrice(
        JsonField.RequiredText(row, "symbol"), JsonField.RequiredAmount(row, "price"))));

    /// <summary>Reads the venue's clock: <c>{"serverTime":1499827319559}</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static Timestamp Time(ReadOnlyMemory<byte> body) => Read(body, root => Moment(JsonField.RequiredInteger(root, "serverTime")));

    private static BinanceSpotCandle Candle(JsonElement row) => new(
        Moment(JsonField.IntegerOf(row[0])),
        JsonField.AmountOf(row[1]),
        JsonField.AmountOf(row[2]),
        JsonField.AmountOf(row[3]),
        JsonField.AmountOf(row[4]),
        JsonField.AmountOf(row[5]),
        Moment(JsonField.IntegerOf(row[6])),
        JsonField.AmountOf(row[7]),
        JsonField.IntegerOf(row[8]),
        JsonField.AmountOf(row[9]),
        JsonField.AmountOf(row[10]));

    private static BinanceSpotTrade Aggregate(JsonElement row) => new(
        JsonField.RequiredInteger(row, "a"),
        JsonField.RequiredAmount(row, "p"),
        JsonField.RequiredAmount(row, "q"),
        TakerOf(row, "m"),
        Moment(JsonField.RequiredInteger(row, "T")),
        JsonField.RequiredInteger(row, "f"),
        JsonField.RequiredInteger(row, "l"));

    private static BinanceSpotTrade Fill(JsonElement row)
    {
        var id = JsonField.RequiredInteger(row, "id");
        return new BinanceSpotTrade(
            id,
            JsonField.RequiredAmount(row, "price"),
            JsonField.RequiredAmount(row, "qty"),
            TakerOf(row, "isBuyerMaker"),
            Moment(JsonField.RequiredInteger(row, "time")),
            id,
            id);
    }

    private static BinanceSpotTicker Ticker(JsonElement row) => new()
    {
        Symbol = JsonField.RequiredText(row, "symbol"),
        PriceChange = JsonField.RequiredAmount(row, "priceChange"),
        PriceChangePercent = JsonField.RequiredAmount(row, "priceChangePercent"),
        WeightedAveragePrice = JsonField.RequiredAmount(row, "weightedAvgPrice"),
        PreviousClosePrice = JsonField.RequiredAmount(row, "prevClosePrice"),
        LastPrice = JsonField.RequiredAmount(row, "lastPrice"),
        LastQuantity = JsonField.RequiredAmount(row, "lastQty"),
        BidPrice = JsonField.RequiredAmount(row, "bidPrice"),
        BidQuantity = JsonField.RequiredAmount(row, "bidQty"),
        AskPrice = JsonField.RequiredAmount(row, "askPrice"),
        AskQuantity = JsonField.RequiredAmount(row, "askQty"),
        OpenPrice = JsonField.RequiredAmount(row, "openPrice"),
        HighPrice = JsonField.RequiredAmount(row, "highPrice"),
        LowPrice = JsonField.RequiredAmount(row, "lowPrice"),
        BaseVolume = JsonField.RequiredAmount(row, "volume"),
        QuoteVolume = JsonField.RequiredAmount(row, "quoteVolume"),
        OpenTime = Moment(JsonField.RequiredInteger(row, "openTime")),
        CloseTime = Moment(JsonField.RequiredInteger(row, "closeTime")),
        FirstTradeId = JsonField.RequiredInteger(row, "firstId"),
        LastTradeId = JsonField.RequiredInteger(row, "lastId"),
        Trades = JsonField.RequiredInteger(row, "count"),
    };

    /// <summary>The buyer was the maker, so the taker sold.</summary>
    private static TakerSide TakerOf(JsonElement row, string buyerIsMaker) =>
        row.GetProperty(buyerIsMaker).GetBoolean() ? TakerSide.Sell : TakerSide.Buy;
}
