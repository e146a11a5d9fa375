using System.Text;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Tidy;
using Omnibook.Venues.BinanceSpot;
using Omnibook.Venues.BinanceUsdm;
using Omnibook.Venues.Bybit;
using Omnibook.Venues.Coinbase;
using Omnibook.Venues.Hyperliquid;
using Omnibook.Venues.Lighter;

namespace Omnibook.Tests.Venues.Data;

/// <summary>
/// Every sampled answer of JKorf and Nautilus that lies beside this checkout is either read by what reads it in earnest, or is of a request that is not made.
/// What stands in the fields is compared in the venues' own sample tests.
/// </summary>
public sealed class EverySampleTests
{
    private static readonly VenueId Made = new("made");

    /// <summary>Venue, and the end of the file's name; how many rows are read.</summary>
    private static readonly Dictionary<string, Func<byte[], int>> Readers = new(StringComparer.Ordinal)
    {
        ["binance-spot GetAggregatedTradeHistory"] = body => BinanceSpotAnswers.AggregateTrades(body).Count,
        ["binance-spot GetBookPrice"] = body => BinanceSpotAnswers.BookTickers(body).Count,
        ["binance-spot GetExchangeInfo"] = body => SpotExchangeInfo.Read(Made, body).Count,
        ["binance-spot GetKlines"] = body => BinanceSpotAnswers.Candles(body).Count,
        ["binance-spot GetPrice"] = body => BinanceSpotAnswers.Prices(body).Count,
        ["binance-spot GetRecentTrades"] = body => BinanceSpotAnswers.Trades(body).Count,
        ["binance-spot GetServerTime"] = body => Known(BinanceSpotAnswers.Time(body)),
        ["binance-spot GetTicker"] = body => BinanceSpotAnswers.Tickers(body).Count,
        ["binance-spot GetTradeHistory"] = body => BinanceSpotAnswers.Trades(body).Count,
        ["binance-spot GetUiKlines"] = body => BinanceSpotAnswers.Candles(body).Count,
        ["binance-usdm GetAggregatedTradeHistory"] = body => UsdmAnswers.AggregateTrades(body).Count,
        ["binance-usdm GetExchangeInfo"] = body => UsdmExchangeInfo.Read(Made, body).Count,
        ["binance-usdm GetFundingInfo"] = body => UsdmAnswers.FundingIntervals(body).Count,
        ["binance-usdm GetFundingRates"] = body => UsdmAnswers.FundingHistory(body).Count,
        ["binance-usdm GetGlobalLongShortAccountRatio"] = body => UsdmAnswers.LongShort(body).Count,
        ["binance-usdm GetKlines"] = body => UsdmAnswers.Candles(body).Count,
        ["binance-usdm GetMarkPrice"] = body => UsdmAnswers.PremiumIndex(body).Count,
        ["binance-usdm GetOpenInterest"] = body => Known(UsdmAnswers.OpenInterest(body).At),
        ["binance-usdm GetOpenInterestHistory"] = body => UsdmAnswers.OpenInterestHistory(body).Count,
        ["binance-usdm GetRecentTrades"] = body => UsdmAnswers.Trades(body).Count,
        ["binance-usdm GetServerTime"] = body => Known(UsdmAnswers.Time(body)),
        ["binance-usdm GetTicker"] = body => UsdmAnswers.Tickers(body).Count,
        ["bybit GetFundingRateHistory"] = body => BybitAnswers.FundingHistory(body).Count,
        ["bybit GetIndexPriceKlines"] = body => BybitAnswers.Candles(body).Count,
        ["bybit GetKlines"] = body => BybitAnswers.Candles(body).Count,
        ["bybit GetLinearInverseSymbols"] = body => BybitInstruments.Read(Made, body).Rows.Count,
        ["bybit GetLinearInverseSymbolsPreListing"] = body => BybitInstruments.Read(Made, body).Rows.Count,
        ["bybit GetLinearInverseTickers"] = body => BybitAnswers.Tickers(body).Count,
        ["bybit GetLongShortRatio"] = body => BybitAnswers.AccountRatio(body).Rows.Count,
        ["bybit GetMarkPriceKlines"] = body => BybitAnswers.Candles(body).Count,
        ["bybit GetOpenInterest"] = body => BybitAnswers.OpenInterest(body).Rows.Count,
        ["bybit GetTradeHistory"] = body => BybitAnswers.RecentTrades(body).Count,
        ["bybit http_get_funding_history"] = body => BybitAnswers.FundingHistory(body).Count,
        ["bybit http_get_instruments_linear"] = body => BybitInstruments.Read(Made, body).Rows.Count,
        ["bybit http_get_instruments_linear_symbol_type"] = body => BybitInstruments.Read(Made, body).Rows.Count,
        ["bybit http_get_klines_linear"] = body => BybitAnswers.Candles(body).Count,
        ["bybit http_get_trades_recent"] = body => BybitAnswers.RecentTrades(body).Count,
        ["coinbase GetKlines"] = body => CoinbaseAnswers.Candles(body).Count,
        ["coinbase GetOrderBook"] = body => CoinbaseAnswers.ProductBook(body).Bids.Count,
        ["coinbase GetSymbols"] = body => CoinbaseAnswers.Products(body).Count,
        ["coinbase GetTradeHistory"] = body => CoinbaseAnswers.Trades(body).Trades.Count,
        ["coinbase http_candles"] = body => CoinbaseAnswers.Candles(body).Count,
        ["coinbase http_product"] = body => CoinbaseAnswers.Products(body).Count,
        ["coinbase http_product_book"] = body => CoinbaseAnswers.ProductBook(body).Bids.Count,
        ["coinbase http_products"] = body => CoinbaseProductList.Read(Made, body).Count,
        ["coinbase http_products_future"] = body => CoinbaseProductList.Read(Made, body).Count,
        ["coinbase http_ticker"] = body => CoinbaseAnswers.Trades(body).Trades.Count,
        ["hyperliquid Futures__ExchangeData__GetExchangeInfoAndTickers"] = body => InfoAnswers.Contexts(body).Count,
        ["hyperliquid Futures__ExchangeData__GetFundingRateHistory"] = body => InfoAnswers.FundingHistory(body).Count,
        ["hyperliquid Spot__ExchangeData__GetKlines"] = body => InfoAnswers.Candles(body).Count,
        ["hyperliquid Spot__ExchangeData__GetOrderBook"] = body => Known(InfoAnswers.TimeOfBook(body)),
        ["hyperliquid http_funding_history"] = body => InfoAnswers.FundingHistory(body).Count,
        ["hyperliquid http_l2_book_btc"] = body => Known(InfoAnswers.TimeOfBook(body)),
        ["hyperliquid http_l2_book_snapshot"] = body => Known(InfoAnswers.TimeOfBook(body)),
        ["hyperliquid http_recent_trades_btc"] = body => InfoAnswers.Trades(body).Count,
        ["lighter GetFundingRateHistory"] = body => LighterAnswers.Fundings(body).Count,
        ["lighter GetFundingRates"] = body => LighterAnswers.FundingRates(body).Count,
        ["lighter GetKlines"] = body => LighterAnswers.Candles(body).Count,
        ["lighter GetOrderBook"] = body => LighterAnswers.OrderBookOrders(body).Bids.Count,
        ["lighter GetRecentTrades"] = body => LighterAnswers.RecentTrades(body).Count,
        ["lighter GetSymbolDetails"] = body => LighterAnswers.OrderBookDetails(body).Count,
        ["lighter GetSymbols"] = body => LighterInstruments.Read(Made, body).Count,
        ["lighter http_candles"] = body => LighterAnswers.Candles(body).Count,
        ["lighter http_fundings"] = body => LighterAnswers.Fundings(body).Count,
        ["lighter http_order_book_details"] = body => LighterAnswers.OrderBookDetails(body).Count,
        ["lighter http_order_book_orders"] = body => LighterAnswers.OrderBookOrders(body).Bids.Count,
        ["lighter http_order_books"] = body => LighterInstruments.Read(Made, body).Count,
        ["lighter http_recent_trades"] = body => LighterAnswers.RecentTrades(body).Count,
        ["lighter http_recent_trades_unordered"] = body => LighterAnswers.RecentTrades(body).Count,
        ["lighter http_candles_null"] = body => LighterAnswers.Candles(body).Count + 1,
        ["lighter http_recent_trades_missing"] = body => LighterAnswers.RecentTrades(body).Count + 1,
        ["lighter http_recent_trades_null"] = body => LighterAnswers.RecentTrades(body).Count + 1,
    };

    /// <summary>Requests that are not made, and answers of which more than one is needed: those have tests of their own.</summary>
    private static readonly string[] Others =
    [
        "binance-spot GetAssetDetails", "binance-spot GetAvgPrice", "binance-spot GetDelistSchedule", "binance-spot GetExecutionRules",
        "binance-spot GetFutureHourlyInterestRate", "binance-spot GetReferencePrice", "binance-spot GetReferencePriceCalculation",
        "binance-spot GetRollingWindowTicker", "binance-spot GetSystemStatus", "binance-spot GetTradingDayTicker",
        "binance-usdm GetAssetIndexes", "binance-usdm GetBasis", "binance-usdm GetBookPrice", "binance-usdm GetCompositeIndexInfo",
        "binance-usdm GetContinuousContractKlines", "binance-usdm GetIndexPriceConstituents", "binance-usdm GetIndexPriceKlines", "binance-usdm GetMarkPriceKlines",
        "binance-usdm GetOrderBook", "binance-usdm GetPremiumIndexKlines", "binance-usdm GetPrice", "binance-usdm GetTakerBuySellVolumeRatio",
        "binance-usdm GetTopLongShortAccountRatio", "binance-usdm GetTopLongShortPositionRatio", "binance-usdm GetTradeHistory",
        "bybit GetAnnouncements", "bybit GetDeliveryPrice", "bybit GetHistoricalVolatility", "bybit GetInsurance", "bybit GetOrderPriceLimit", "bybit GetOrderbook",
        "bybit GetPremiumIndexPriceKlines", "bybit GetRiskLimit", "bybit GetSpotSymbols", "bybit GetSpotTickers", "bybit GetSystemStatus", "bybit http_get_orderbook",
        "coinbase GetAggregatedOrderBook", "coinbase GetAssets", "coinbase GetCryptoAssets", "coinbase GetExchangeRates", "coinbase GetFiatAssets",
        "hyperliquid Futures__ExchangeData__GetExchangeInfo", "hyperliquid Futures__ExchangeData__GetSymbolsAtMaxOpenInterest", "hyperliquid Spot__ExchangeData__GetAssetInfo",
        "hyperliquid Spot__ExchangeData__GetExchangeInfo", "hyperliquid Spot__ExchangeData__GetExchangeInfoAndTickers", "hyperliquid Spot__ExchangeData__GetPrices",
        "hyperliquid http_all_perp_metas_non_usdc_collateral", "hyperliquid http_meta_perp_sample", "hyperliquid http_spot_meta_non_usdc_collateral",
        "lighter GetAnnouncements", "lighter GetAssets", "lighter GetExchangeStats", "lighter GetLayer1BasicInfo", "lighter GetSystemConfig",
        "lighter http_order_book_depth", "lighter http_order_book_depth_null",
    ];

    [Fact]
    public void Every_sampled_answer_is_read_or_is_of_a_request_that_is_not_made()
    {
        var folder = new DirectoryInfo(Path.Combine(Repository.Root.Parent!.FullName, "shared", "captures"));
        Assert.SkipUnless(folder.Exists, "No samples are beside this checkout.");
        var samples = folder.GetFiles("*", SearchOption.AllDirectories)
            .Where(file => file.Directory!.Name is "jkorf" or "nautilus" && (file.Name.StartsWith("Endpoints__", StringComparison.Ordinal) || file.Name.StartsWith("http_", StringComparison.Ordinal)))
            .ToDictionary(KeyOf, StringComparer.Ordinal);

        Assert.Empty(samples.Keys.Except(Readers.Keys).Except(Others));
        Assert.Empty(Others.Except(samples.Keys));
        Assert.Empty(Readers.Keys.Except(samples.Keys));
        Assert.All(Readers, reader => Assert.True(reader.Value(Body(samples[reader.Key])) > 0, reader.Key));
    }

    /// <summary>Hyperliquid's names say less without the market before them.</summary>
    private static string KeyOf(FileInfo file)
    {
        var venue = file.Directory!.Parent!.Name;
        var name = Path.GetFileNameWithoutExtension(file.Name).Replace("Endpoints__", "", StringComparison.Ordinal);
        return $"{venue} {(venue == "hyperliquid" ? name : name[(name.LastIndexOf("Get", StringComparison.Ordinal) is > 0 and var at ? at : 0)..])}";
    }

    /// <summary>JKorf's samples have method, path, a flag and sometimes a header before the body, whose first line begins it.</summary>
    private static byte[] Body(FileInfo file)
    {
        var lines = File.ReadAllLines(file.FullName);
        var isJkorf = file.Directory!.Name == "jkorf";
        var first = isJkorf ? Array.FindIndex(lines, 3, line => line.TrimStart() is ['{' or '[', ..] && line != "{}") : 0;
        return Encoding.UTF8.GetBytes(string.Join('\n', lines[first..]));
    }

    private static int Known(Timestamp moment) => moment.IsUnknown ? 0 : 1;
}
