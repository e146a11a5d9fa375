using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core.Instruments;

public sealed class InstrumentDirectoryTests
{
    private static readonly InstrumentDirectory Binance = new(
        [
            Listing("BTCUSDT", "BTC", "USDT"), Listing("BTCUSDC", "BTC", "USDC"), Listing("ETHUSDT", "ETH", "USDT"),
            Listing("ETHBTC", "ETH", "BTC"), Listing("1000PEPEUSDT", "1000PEPE", "USDT"), Listing("1MBABYDOGEUSDT", "1MBABYDOGE", "USDT"),
            Listing("1INCHUSDT", "1INCH", "USDT"), Listing("KAVAUSDT", "KAVA", "USDT"), Listing("币安人生USDT", "币安人生", "USDT"),
            Listing("BTCUSDT_261225", "BTC", "USDT", InstrumentKind.Future), Listing("BTCSTUSDT", "BTCST", "USDT", status: InstrumentStatus.Delisted),
        ],
        new SpellingRules { PrincipalQuote = "USDT" });

    private static readonly InstrumentDirectory Hyperliquid = new(
        [
            Listing("BTC", "BTC", "USDC"), Listing("kPEPE", "PEPE", "USDC", multiplier: 1000), Listing("merrli:BTC", "BTC", "USDC"),
            Listing("sekaw:BTC", "BTC", "USDH"), Listing("btcx:BTC-FEUSD", "BTC-FEUSD", "FEUSD"),
        ],
        new SpellingRules { PrincipalQuote = "USDC", AnyDollar = ["USD", "USDT", "USDC", "BUSD", "DAI", "TUSD", "USDP"] });

    private static readonly InstrumentDirectory Lighter = new(
        [Listing("ETH", "ETH", "USDC"), Listing("ETH/USDC", "ETH", "USDC", InstrumentKind.Spot), Listing("LIT/USDC", "LIT", "USDC", InstrumentKind.Spot)],
        new SpellingRules { PrincipalQuote = "USDC", AnyDollar = ["USD", "USDC"] });

    [Theory]
    [InlineData("BTCUSDT", "BTCUSDT")]
    [InlineData("btcusdt", "BTCUSDT")]
    [InlineData(" BTC-USDT ", "BTCUSDT")]
    [InlineData("BTC/USDT:USDT", "BTCUSDT")]
    [InlineData("BTC/USDC:USDC", "BTCUSDC")]
    [InlineData("BTC_USDT", "BTCUSDT")]
    [InlineData("BTC-USDT-SWAP", "BTCUSDT")]
    [InlineData("BTC-PERP", "BTCUSDT")]
    [InlineData("BTCUSDT.P", "BTCUSDT")]
    [InlineData("btc", "BTCUSDT")]
    [InlineData("btc_usdc", "BTCUSDC")]
    [InlineData("ETH/BTC", "ETHBTC")]
    [InlineData("1000PEPE", "1000PEPEUSDT")]
    [InlineData("kPEPE", "1000PEPEUSDT")]
    [InlineData("KPEPE-USDT", "1000PEPEUSDT")]
    [InlineData("1000PEPE/USDT:USDT", "1000PEPEUSDT")]
    [InlineData("1000000BABYDOGE", "1MBABYDOGEUSDT")]
    [InlineData("1INCH", "1INCHUSDT")]
    [InlineData("KAVA", "KAVAUSDT")]
    [InlineData("BTCUSDT_261225", "BTCUSDT_261225")]
    [InlineData("币安人生", "币安人生USDT")]
    public void A_common_spelling_means_one_contract(string text, string symbol) => Assert.Equal(symbol, Binance.Resolve(text).Listing?.Symbol);

    [Theory]
    [InlineData("BTC", "BTC")]
    [InlineData("BTCUSDT", "BTC")]
    [InlineData("BTC-USD", "BTC")]
    [InlineData("BTC/USDC:USDC", "BTC")]
    [InlineData("merrli:BTC", "merrli:BTC")]
    [InlineData("MERRLI:btc", "merrli:BTC")]
    [InlineData("merrli:BTCUSDT", "merrli:BTC")]
    [InlineData("btcx:BTC-FEUSD", "btcx:BTC-FEUSD")]
    [InlineData("1000PEPEUSDT", "kPEPE")]
    [InlineData("KPEPE", "kPEPE")]
    public void Hyperliquid_takes_any_dollar_and_its_own_dexes(string text, string symbol) =>
        Assert.Equal(symbol, Hyperliquid.Resolve(text).Listing?.Symbol);

    [Theory]
    [InlineData("ETH", "ETH")]
    [InlineData("ETH-USD", "ETH")]
    [InlineData("ETH-PERP", "ETH")]
    [InlineData("eth/usdc", "ETH/USDC")]
    [InlineData("LIT", "LIT/USDC")]
    public void Where_an_asset_is_spot_and_perpetual_the_venues_own_spelling_decides(string text, string symbol) =>
        Assert.Equal(symbol, Lighter.Resolve(text).Listing?.Symbol);

    [Theory]
    [InlineData("BTC-USD", "BTCUSDC", "BTCUSDT")]
    [InlineData("BTCUSD", "BTCUSDT", "BTCUSDC")]
    [InlineData("BTC/USDT:BTC", "BTCUSDT")]
    [InlineData("PEPE", "1000PEPEUSDT")]
    [InlineData("PEPEUSDT", "1000PEPEUSDT")]
    [InlineData("BTCUST", "BTCUSDT")]
    [InlineData("ETHUSDC", "ETHUSDT", "ETHBTC")]
    public void What_is_not_listed_is_refused_with_what_may_have_been_meant(string text, params string[] candidates)
    {
        var resolution = Binance.Resolve(text);

        Assert.Null(resolution.Listing);
        Assert.InRange(resolution.Candidates.Count, 1, 10);
        Assert.All(candidates, candidate => Assert.Contains(candidate, resolution.Candidates.Take(candidates.Length + 1).Select(listing => listing.Symbol)));
    }

    [Fact]
    public void Without_a_principal_quote_an_asset_with_two_is_refused()
    {
        var directory = new InstrumentDirectory([Listing("BTCUSDT", "BTC", "USDT"), Listing("BTCUSDC", "BTC", "USDC")], SpellingRules.None);

        var resolution = directory.Resolve("BTC");

        Assert.Null(resolution.Listing);
        Assert.Equal(["BTCUSDT", "BTCUSDC"], resolution.Candidates.Select(listing => listing.Symbol));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(":")]
    [InlineData("///")]
    [InlineData("merrli:")]
    [InlineData("BTC:USDT:USDT:USDT")]
    public void A_text_that_is_no_spelling_means_nothing(string text) => Assert.Null(Hyperliquid.Resolve(text).Listing);

    [Fact]
    public void A_delisted_contract_stands_back_behind_one_that_trades()
    {
        var directory = new InstrumentDirectory(
            [Listing("LUNAUSDT", "LUNA", "USDT", status: InstrumentStatus.Delisted), Listing("LUNAUSDC", "LUNA", "USDC")],
            new SpellingRules { PrincipalQuote = "USDT" });

        Assert.Equal("LUNAUSDC", directory.Resolve("LUNA").Listing?.Symbol);
        Assert.Equal("LUNAUSDT", directory.Resolve("LUNAUSDT").Listing?.Symbol);
    }

    private static InstrumentListing Listing(
        string symbol,
        string baseAsset,
        string quote,
        InstrumentKind kind = InstrumentKind.Perpetual,
        decimal multiplier = 1,
        InstrumentStatus status = InstrumentStatus.Trading) => new()
        {
            Venue = new VenueId("made"),
            Symbol = symbol,
            Pair = new Pair(baseAsset, quote),
            Kind = kind,
            PriceScale = new Scale(2),
            QuantityScale = new Scale(3),
            Tick = new Price(1),
            Lot = new Quantity(1),
            Multiplier = multiplier,
            Status = status,
        };
}
