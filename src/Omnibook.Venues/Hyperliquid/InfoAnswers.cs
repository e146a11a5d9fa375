using System.Text.Json;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Venues.Json;
using static Omnibook.Venues.Json.JsonAnswer;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>Reads the answers to those of <see cref="InfoRequests"/> that are about the market. Refusals have an HTTP status of their own and never come here.</summary>
public static class InfoAnswers
{
    /// <summary>Reads when a book was: the venue's clock. <c>{"coin":"BTC","time":1754450974231,"levels":[[…],[…]]}</c></summary>
    /// <exception cref="VenueRequestException">The answer is something else; null stands for a coin that does not exist.</exception>
    public static Timestamp TimeOfBook(ReadOnlyMemory<byte> body) => Read(body, root => Moment(root, "time"));

    /// <summary>Reads candles, oldest first: <c>{"t":1737331200000,"T":1737417599999,"s":"@107","i":"1d","o":"20.184","c":"20.547","h":"22.755","l":"19.3","v":"10651612.71","n":278401}</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<Candle> Candles(ReadOnlyMemory<byte> body) => Read(body, root => List(root, row => new Candle(
        Moment(row, "t"),
        JsonField.RequiredAmount(row, "o"),
        JsonField.RequiredAmount(row, "h"),
        JsonField.RequiredAmount(row, "l"),
        JsonField.RequiredAmount(row, "c"),
        JsonField.RequiredAmount(row, "v"),
        QuoteVolume: null,
        JsonField.Integer(row, "n"))));

    /// <summary>Reads paid funding, oldest first, a few milliseconds after each hour: <c>{"coin":"ETH","fundingRate":"-0.00022196","premium":"-0.00052196","time":1683849600076}</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<FundingPoint> FundingHistory(ReadOnlyMemory<byte> body) => Read(body, root => List(root, row => new FundingPoint(
        Moment(row, "time"), JsonField.RequiredAmount(row, "fundingRate"), TimeSpan.FromHours(1))));

    /// <summary>Reads what comes next: <c>[["BTC",[["BinPerp",{"fundingRate":"0.0001","nextFundingTime":1754452800000,"fundingIntervalHours":8}],["HlPerp",{…}],["BybitPerp",null]]]]</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<InfoPrediction> PredictedFundings(ReadOnlyMemory<byte> body) => Read<IReadOnlyList<InfoPrediction>>(body, root =>
    [
        .. from coin in root.EnumerateArray()
           from venue in coin[1].EnumerateArray()
           where venue[1].ValueKind == JsonValueKind.Object
           select Prediction(coin[0].GetString() ?? "", venue[0].GetString() ?? "", venue[1]),
    ]);

    /// <summary>
    /// Reads a dex's figures, which stand in the order of its universe:
    /// <c>[{"universe":[{"name":"BTC",…}],…},[{"funding":"0.0000125","openInterest":"688.11","prevDayPx":"15.322","dayNtlVlm":"1169046.29406","premium":"0.00031774","oraclePx":"14.32","markPx":"14.3161","midPx":"14.314","impactPxs":["14.3047","14.3444"],"dayBaseVlm":"81664.1"}]]</c>.
    /// </summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<InfoContext> Contexts(ReadOnlyMemory<byte> body) => Read<IReadOnlyList<InfoContext>>(body, root =>
        [.. root[0].GetProperty("universe").EnumerateArray().Zip(root[1].EnumerateArray(), static (asset, context) => Context(JsonField.RequiredText(asset, "name"), context))]);

    /// <summary>Reads the newest trades, put in the order of their times: <c>{"coin":"BTC","side":"A","px":"104320.0","sz":"0.01500","hash":"0x…","time":1769916002000,"tid":300003,"users":["0x…","0x…"]}</c>.</summary>
    /// <exception cref="VenueRequestException">The answer is something else.</exception>
    public static IReadOnlyList<PastTrade> Trades(ReadOnlyMemory<byte> body) =>
        [.. Read(body, root => List(root, Trade)).Reverse().OrderBy(trade => trade.At)];

    private static InfoContext Context(string coin, JsonElement row) => new(
        coin,
        JsonField.Amount(row, "markPx"),
        JsonField.Amount(row, "oraclePx"),
        JsonField.Amount(row, "prevDayPx"),
        JsonField.Amount(row, "dayBaseVlm"),
        JsonField.Amount(row, "dayNtlVlm"),
        JsonField.Amount(row, "openInterest"),
        JsonField.Amount(row, "funding"));

    private static InfoPrediction Prediction(string coin, string venue, JsonElement row) => new(
        coin,
        venue,
        JsonField.RequiredAmount(row, "fundingRate"),
        Moment(JsonField.Integer(row, "nextFundingTime") ?? 0),
        JsonField.Integer(row, "fundingIntervalHours") is { } hours ? TimeSpan.FromHours(hours) : null);

    private static PastTrade Trade(JsonElement row) => new(
        JsonField.RequiredInteger(row, "tid"),
        JsonField.RequiredAmount(row, "px"),
        JsonField.RequiredAmount(row, "sz"),
        JsonField.RequiredText(row, "side") switch
        {
            "B" => TakerSide.Buy,
            "A" => TakerSide.Sell,
            var other => throw new FormatException($"'{other}' is no side."),
        },
        Moment(row, "time"));
}
