using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Coinbase;

/// <summary>
/// The public REST interface: the limit first, then the path. https://docs.cdp.coinbase.com/api-reference/advanced-trade-api/rest-api/introduction
/// </summary>
internal sealed class CoinbaseRest(CoinbaseVenue venue)
{
    private const string Products = "/api/v3/brokerage/market/products";
    private readonly RequestBucket _bucket = new();
    private readonly CoinbaseProductEndpoints _products = new(venue);
    private readonly CoinbaseMarketEndpoints _markets = new(venue);

    /// <summary>How many requests of the burst are used.</summary>
    public int Used => _bucket.UsedAt(venue.Schedule.Milliseconds);

    /// <summary>Answers a request.</summary>
    public RestAnswer Reply(RestCall call)
    {
        if (!_bucket.TryTake(venue.Schedule.Milliseconds))
        {
            return RestAnswer.Json(429, CoinbaseErrors.BodyOf(429));
        }

        if (call.Method != "GET")
        {
            return CoinbaseErrors.NotFound("not found");
        }

        return call.Path switch
        {
            "/api/v3/brokerage/time" => Time(),
            "/api/v3/brokerage/market/product_book" => _markets.Book(call),
            Products => _products.List(call),
            "/v2/currencies" => CoinbaseCurrencies.Fiat(),
            "/v2/currencies/crypto" => CoinbaseCurrencies.Crypto(venue),
            "/v2/exchange-rates" => CoinbaseCurrencies.Rates(venue, call),
            _ when call.Path.StartsWith(Products + "/", StringComparison.Ordinal) => OfProduct(call, call.Path[(Products.Length + 1)..].Split('/')),
            _ => CoinbaseErrors.NotFound("not found"),
        };
    }

    /// <summary>Writes an answer of status 200.</summary>
    public static RestAnswer Write(Action<Utf8JsonWriter> body)
    {
        using var text = new JsonText();
        return new RestAnswer(200, text.Write(body));
    }

    private RestAnswer OfProduct(RestCall call, string[] parts)
    {
        if (venue.Find(parts[0]) is not { } market)
        {
            return CoinbaseErrors.NotFound("valid product_id is required");
        }

        return parts[1..] switch
        {
            [] => _products.One(market, parts[0]),
            ["ticker"] => CoinbaseMarketEndpoints.Trades(market, parts[0], call),
            ["candles"] => _markets.Candles(market, call),
            _ => CoinbaseErrors.NotFound("not found"),
        };
    }

    /// <summary><c>{"iso":"2024-10-04T07:13:31Z","epochSeconds":"1728026011","epochMillis":"1728026011123"}</c></summary>
    private RestAnswer Time() => Write(json =>
    {
        var now = venue.Schedule.Milliseconds;
        json.WriteStartObject();
        json.WriteString("iso", CoinbaseTimes.Text(now / 1000 * 1_000_000));
        json.WriteString("epochSeconds", (now / 1000).ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("epochMillis", now.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteEndObject();
    });
}
