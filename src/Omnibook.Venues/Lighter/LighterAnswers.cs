using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Lighter;

/// <summary>Reads the answers to <see cref="LighterRequests"/>.</summary>
public static class LighterAnswers
{
    private const decimal Percent = 100;
    private const long MillisecondsPerSecond = 1000;

    /// <summary>Reads the venue's clock: <c>{"status":200,"network_id":304,"timestamp":1717777777}</c>.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something else.</exception>
    public static Timestamp Time(ReadOnlyMemory<byte> body) => LighterAnswer.Read(body, answer => Moment(JsonField.RequiredInteger(answer, "timestamp")));

    /// <summary>Reads candles, in the venue's order. The outer <c>c</c> is the list, the inner one the close; the list may be null.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something else.</exception>
    public static IReadOnlyList<LighterCandle> Candles(ReadOnlyMemory<byte> body) =>
        LighterAnswer.Read<IReadOnlyList<LighterCandle>>(body, answer => [.. JsonField.Rows(answer, "c").Select(Candle)]);

    /// <summary>
    /// Reads paid funding: <c>{"timestamp":1778702400,"value":"0.02707872","rate":"0.0012","direction":"long"}</c>, time in seconds, rate in per cent
    /// without sign; the direction names who paid.
    /// </summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something else.</exception>
    public static IReadOnlyList<LighterFunding> Fundings(ReadOnlyMemory<byte> body) =>
        LighterAnswer.Read<IReadOnlyList<LighterFunding>>(body, answer => [.. JsonField.Rows(answer, "fundings").Select(Funding)]);

    /// <summary>Reads the next funding of all markets at all venues.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something else.</exception>
    public static IReadOnlyList<LighterFundingRate> FundingRates(ReadOnlyMemory<byte> body) =>
        LighterAnswer.Read<IReadOnlyList<LighterFundingRate>>(body, answer => [.. JsonField.Rows(answer, "funding_rates").Select(row => new LighterFundingRate(
            JsonField.RequiredText(row, "market_id"), JsonField.RequiredText(row, "exchange"), JsonField.RequiredText(row, "symbol"), JsonField.RequiredAmount(row, "rate")))]);

    /// <summary>Reads the newest trades, put in the order of their numbers; the list may be null or missing.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something else.</exception>
    public static IReadOnlyList<LighterPastTrade> RecentTrades(ReadOnlyMemory<byte> body) =>
        LighterAnswer.Read<IReadOnlyList<LighterPastTrade>>(body, answer => [.. JsonField.Rows(answer, "trades").Select(Trade).OrderBy(trade => trade.TradeId)]);

    /// <summary>Reads the book, summing what single orders still have to trade.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something else.</exception>
    public static LighterRestBook OrderBookOrders(ReadOnlyMemory<byte> body) =>
        LighterAnswer.Read(body, answer => new LighterRestBook(
            [.. Levels(answer, "bids").OrderByDescending(level => level.Price)], [.. Levels(answer, "asks").OrderBy(level => level.Price)]));

    /// <summary>Reads the figures of all markets, perpetuals first.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something else.</exception>
    public static IReadOnlyList<LighterMarketRow> OrderBookDetails(ReadOnlyMemory<byte> body) =>
        LighterAnswer.Read<IReadOnlyList<LighterMarketRow>>(
            body, answer => [.. JsonField.Rows(answer, "order_book_details").Concat(JsonField.Rows(answer, "spot_order_book_details")).Select(Market)]);

    private static LighterCandle Candle(JsonElement row) => new(
        Moment(JsonField.RequiredInteger(row, "t")),
        JsonField.RequiredAmount(row, "o"),
        JsonField.RequiredAmount(row, "h"),
        JsonField.RequiredAmount(row, "l"),
        JsonField.RequiredAmount(row, "c"),
        JsonField.RequiredAmount(row, "v"),
        JsonField.RequiredAmount(row, "V"),
        JsonField.Integer(row, "i") ?? 0);

    private static LighterFunding Funding(JsonElement row)
    {
        var rate = JsonField.RequiredAmount(row, "rate") / Percent;
        var isPaidByShorts = JsonField.Text(row, "direction") == "short";
        return new LighterFunding(
            Moment(JsonField.RequiredInteger(row, "timestamp")), isPaidByShorts ? -rate : rate, JsonField.Amount(row, "value") ?? 0);
    }

    private static LighterPastTrade Trade(JsonElement row) => new(
        JsonField.RequiredInteger(row, "trade_id"),
        JsonField.Text(row, "type") ?? "trade",
        JsonField.RequiredAmount(row, "price"),
        JsonField.RequiredAmount(row, "size"),
        JsonField.IsTrue(row, "is_maker_ask") ? TakerSide.Buy : TakerSide.Sell,
        LighterTimes.Of(JsonField.Integer(row, "transaction_time") ?? 0, JsonField.Integer(row, "timestamp") ?? 0));

    private static IEnumerable<LighterRestLevel> Levels(JsonElement answer, string side) =>
        JsonField.Rows(answer, side)
            .GroupBy(order => JsonField.RequiredAmount(order, "price"))
            .Select(orders => new LighterRestLevel(
                orders.Key, orders.Sum(order => JsonField.RequiredAmount(order, "remaining_base_amount")), orders.Count()));

    private static LighterMarketRow Market(JsonElement row) => new()
    {
        Market = JsonField.RequiredText(row, "market_id"),
        Symbol = JsonField.RequiredText(row, "symbol"),
        LastTradePrice = JsonField.Amount(row, "last_trade_price"),
        MarkPrice = JsonField.Amount(row, "mark_price"),
        IndexPrice = JsonField.Amount(row, "index_price"),
        OpenInterest = JsonField.Amount(row, "open_interest"),
        DailyTradesCount = JsonField.Integer(row, "daily_trades_count"),
        DailyBaseTokenVolume = JsonField.Amount(row, "daily_base_token_volume"),
        DailyQuoteTokenVolume = JsonField.Amount(row, "daily_quote_token_volume"),
        DailyPriceLow = JsonField.Amount(row, "daily_price_low"),
        DailyPriceHigh = JsonField.Amount(row, "daily_price_high"),
        DailyPriceChange = JsonField.Amount(row, "daily_price_change"),
        TakerFee = JsonField.Amount(row, "taker_fee"),
        MakerFee = JsonField.Amount(row, "maker_fee"),
    };

    /// <summary>Some lists are in seconds, some in milliseconds; no moment since 2009 can be both.</summary>
    private static Timestamp Moment(long number) =>
        VenueTimes.TryFromMilliseconds(number, out var moment) || VenueTimes.TryFromMilliseconds(number * MillisecondsPerSecond, out moment)
            ? moment
            : default;
}
