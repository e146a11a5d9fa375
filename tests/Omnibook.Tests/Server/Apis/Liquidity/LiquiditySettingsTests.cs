using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.Liquidity;
using Omnibook.Server.Configuration;
using Omnibook.Venues;

namespace Omnibook.Tests.Server.Apis.Liquidity;

public sealed class LiquiditySettingsTests
{
    [Fact]
    public void Every_setting_is_heard()
    {
        var loaded = Load(
            ("COMPOSITE__SPOT", "binance-spot/BTCUSDT,coinbase/BTC-USD"),
            ("LIQUIDITY_SYMBOLS", "BTC-USD=SPOT, X=BTC"),
            ("TICK_HZ", "4"),
            ("TOP_LEVELS", "7"),
            ("DEPTH_WINDOW_BPS", "75"),
            ("STALE_THRESHOLD_SECONDS", "2.5"),
            ("LIVE_THRESHOLD_SECONDS", "0.5"),
            ("FEE_BPS_BINANCE", "7.5"),
            ("FEE_BPS_COINBASE", "40"),
            ("MAKER_FEE_BPS_COINBASE", "-1"),
            ("VENUE__COINBASE__SYMBOLS", "BTC-USD,USDT-USD"),
            ("NORMALIZE_USDT", "coinbase/USDT-USD"));
        Assert.Empty(loaded.Problems);
        var settings = LiquiditySettings.Of(loaded.Options);

        Assert.Equal(["BTC-USD", "X"], settings.Symbols.Take(2).Select(symbol => symbol.Name));
        Assert.Equal(["binance", "coinbase"], settings.Symbols[0].Members.Select(member => member.Name));
        Assert.Contains("SPOT", settings.Symbols.Select(symbol => symbol.Name));
        Assert.Equal((4, 7, 75), (settings.TickHz, settings.TopLevels, settings.WindowBps));
        Assert.Equal((TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(0.5)), (settings.Rules.StaleAfter, settings.Rules.LiveWithin));
        Assert.Equal((7.5m, 40m, -1m), (settings.Fees[new VenueId("binance-spot")].TakerBps, settings.Fees[new VenueId("coinbase")].TakerBps, settings.Fees[new VenueId("coinbase")].MakerBps));
        Assert.Equal("coinbase/USDT-USD", settings.TetherBook.ToString());
    }

    [Fact]
    public void The_defaults_are_those_of_the_contract()
    {
        var settings = LiquiditySettings.Of(Load().Options);

        Assert.Equal((2, 50, 50), (settings.TickHz, settings.TopLevels, settings.WindowBps));
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1)), (settings.Rules.StaleAfter, settings.Rules.LiveWithin));
        Assert.Equal((10m, 60m), (settings.Fees[new VenueId("binance-spot")].TakerBps, settings.Fees[new VenueId("coinbase")].TakerBps));
        Assert.Equal((4.5m, 0m), (settings.Fees[new VenueId("hyperliquid")].TakerBps, settings.Fees[new VenueId("lighter")].TakerBps));
        Assert.Null(settings.TetherBook);
    }

    [Fact]
    public void Members_of_one_venue_are_told_apart_by_their_symbols()
    {
        var nbbo = LiquiditySettings.Of(Load().Options).Symbols.Single(symbol => symbol.Name == "NBBO");
        Assert.Equal(["merrli:BTC", "sekaw:BTC", "btcx:BTC-FEUSD"], nbbo.Members.Select(member => member.Name));
    }

    [Fact]
    public void The_sockets_of_the_original_are_moved_by_its_variables_unless_the_venues_own_is_set()
    {
        var loaded = Load(
            ("COMPOSITE__SPOT", "binance-spot/BTCUSDT,coinbase/BTC-USD"),
            ("BINANCE_WS_URL", "wss://one.example/ws"),
            ("COINBASE_WS_URL", "wss://two.example/ws"),
            ("VENUE__COINBASE__SOCKET", "wss://three.example/ws"));

        Assert.Equal("one.example", loaded.Options.Venues.Single(venue => venue.Id.Key == "binance-spot").Addresses.Socket.Host);
        Assert.Equal("three.example", loaded.Options.Venues.Single(venue => venue.Id.Key == "coinbase").Addresses.Socket.Host);
    }

    [Theory]
    [InlineData("LIQUIDITY_SYMBOLS", "BTC-USD", "expected symbol=composite")]
    [InlineData("LIQUIDITY_SYMBOLS", "BTC-USD=NONE", "no such composite")]
    [InlineData("TICK_HZ", "21", "from 1 to 20")]
    [InlineData("TOP_LEVELS", "0", "from 1 to 5000")]
    [InlineData("DEPTH_WINDOW_BPS", "1001", "from 1 to 1000")]
    [InlineData("STALE_THRESHOLD_SECONDS", "soon", "expected a number")]
    [InlineData("FEE_BPS_BINANCE", "-1", "from 0 to 1000")]
    [InlineData("FEE_BPS_KRAKEN", "1", "no such venue; there are FEE_BPS_")]
    [InlineData("NORMALIZE_USDT", "USDT", "expected the book")]
    [InlineData("NORMALIZE_USDT", "coinbase/USDT-USD", "add USDT-USD to VENUE__COINBASE__SYMBOLS")]
    public void What_is_wrong_is_refused_in_words(string name, string value, string words)
    {
        var problem = Assert.Single(Load((name, value)).Problems);
        Assert.Contains(words, problem.ToString(), StringComparison.Ordinal);
    }

    private static LoadedConfiguration Load(params (string Name, string Value)[] variables)
    {
        var folder = Directory.CreateTempSubdirectory("omnibook-");
        try
        {
            return ConfigurationLoader.Load(
                new ConfigurationSources
                {
                    WorkingFolder = folder.FullName,
                    Environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal),
                },
                KnownVenues.All);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
