using System.Net;
using Microsoft.Extensions.Logging;

namespace Omnibook.Tests.Server.Configuration;

public sealed class SettingTests
{
    [Fact]
    public void API_URL_moves_the_Nbbo_venue_with_its_socket()
    {
        using var sources = new Sources();
        var options = sources.Variable("API_URL", "http://127.0.0.1:9001").Good();
        var venue = options.Venues.Single(venue => venue.Id == options.Nbbo.Venue);
        Assert.Equal("http://127.0.0.1:9001/", venue.Addresses.Rest.ToString());
        Assert.Equal("ws", venue.Addresses.Socket.Scheme);
        Assert.Equal(9001, venue.Addresses.Socket.Port);
        Assert.All(options.Venues.Where(other => other.Id != options.Nbbo.Venue), other => Assert.Equal("https", other.Addresses.Rest.Scheme));
    }

    [Fact]
    public void A_socket_set_by_hand_is_not_derived_from_API_URL()
    {
        using var sources = new Sources();
        var options = sources.Variable("API_URL", "https://one.example").Variable("VENUE__HYPERLIQUID_TESTNET__SOCKET", "wss://two.example").Good();
        Assert.Equal("two.example", options.Venues.Single(venue => venue.Id == options.Nbbo.Venue).Addresses.Socket.Host);
    }

    [Fact]
    public void Bug_003_12_BINANCE_BASE_URL_and_the_settings_of_reconnecting_are_heard()
    {
        using var sources = new Sources();
        var options = sources
            .Variable("BINANCE_BASE_URL", "http://127.0.0.1:1234").Variable("WS_RECONNECT_DELAY", "2.5").Variable("WS_MAX_RECONNECT_ATTEMPTS", "3").Good();
        var binance = options.Venues.Single(venue => venue.Id.Key == "binance-usdm");
        Assert.Equal("http://127.0.0.1:1234/", binance.Addresses.Rest.ToString());
        Assert.Equal("wss", binance.Addresses.Socket.Scheme);
        Assert.All(options.Venues, venue => Assert.Equal(TimeSpan.FromSeconds(2.5), venue.Feed.ReconnectDelay));
        Assert.Equal(3, options.ReconnectAttempts);
        Assert.Contains(
            sources.Load().Effective,
            setting => setting is { Name: "Venues:binance-usdm:Rest", Value: "http://127.0.0.1:1234/", Source: "environment: BINANCE_BASE_URL" });

        Assert.Equal("one.example", sources.Variable("VENUE__BINANCE_USDM__REST", "https://one.example").Good()
            .Venues.Single(venue => venue.Id.Key == "binance-usdm").Addresses.Rest.Host);
    }

    [Fact]
    public void The_MarketData_dialect_takes_its_threshold_symbols_and_intervals_from_settings()
    {
        using var sources = new Sources();
        var defaults = sources.Good().MarketData;
        Assert.Equal(100_000, defaults.LargeTradeUsd);
        Assert.Equal(["BTCUSDT", "ETHUSDT", "SOLUSDT"], defaults.Symbols);
        Assert.Equal(["1m", "5m", "15m", "1h", "4h", "1d"], defaults.Intervals.Select(interval => interval.Name));

        var options = sources
            .Variable("LARGE_TRADE_THRESHOLD_USD", "50000.5").Variable("SUPPORTED_SYMBOLS", "XRPUSDT").Variable("SUPPORTED_INTERVALS", "1h,1M").Good().MarketData;
        Assert.Equal(50_000.5m, options.LargeTradeUsd);
        Assert.Equal(["XRPUSDT"], options.Symbols);
        Assert.Equal(["1h", "1M"], options.Intervals.Select(interval => interval.Name));
    }

    [Fact]
    public void A_venue_is_moved_by_its_own_variables()
    {
        using var sources = new Sources();
        var options = sources
            .Variable("VENUE__BINANCE_USDM__REST", "http://127.0.0.1:1234/")
            .Variable("VENUE__BINANCE_USDM__SOCKET", "ws://127.0.0.1:1235/")
            .Variable("VENUE__BINANCE_USDM__SYMBOLS", "BTCUSDT, XRPUSDT").Good();
        var venue = options.Venues.Single(venue => venue.Id.Key == "binance-usdm");
        Assert.Equal("http://127.0.0.1:1234/", venue.Addresses.Rest.ToString());
        Assert.Equal("ws://127.0.0.1:1235/", venue.Addresses.Socket.ToString());

        // Those that the composites ask for are followed besides.
        Assert.Equal(["BTCUSDT", "XRPUSDT", "ETHUSDT", "SOLUSDT"], venue.Symbols);
    }

    [Fact]
    public void A_venue_that_is_switched_off_leaves_the_composites()
    {
        using var sources = new Sources();
        var options = sources.Variable("VENUE__BINANCE_USDM__ENABLED", "off").Good();
        Assert.DoesNotContain(options.Venues, venue => venue.Id.Key == "binance-usdm");
        Assert.All(options.Composites, composite => Assert.DoesNotContain(composite.Members, member => member.Venue.Key == "binance-usdm"));
    }

    [Fact]
    public void A_venue_of_news_is_followed_without_symbols_unless_it_is_switched_off()
    {
        using var sources = new Sources();
        Assert.Empty(sources.Good().Venues.Single(venue => venue.Id.Key == "treeofalpha").Symbols);
        Assert.DoesNotContain(sources.Variable("VENUE__TREEOFALPHA__ENABLED", "false").Good().Venues, venue => venue.Id.Key == "treeofalpha");
    }

    [Fact]
    public void A_venue_that_is_switched_on_by_name_needs_no_symbols()
    {
        using var sources = new Sources();
        sources.File("appsettings.json", """{ "Omnibook": { "Venues": { "bybit": { "Symbols": [] } }, "Composites": { "BTC": [], "ETH": [], "SOL": [] } } }""");
        Assert.DoesNotContain(sources.Good().Venues, venue => venue.Id.Key == "bybit");
        Assert.Empty(sources.Variable("VENUE__BYBIT__ENABLED", "true").Good().Venues.Single(venue => venue.Id.Key == "bybit").Symbols);
    }

    [Fact]
    public void A_key_is_used_and_never_shown()
    {
        using var sources = new Sources();
        var loaded = sources.Variable("VENUE__TREEOFALPHA__KEY", "made-up-key").Load();
        Assert.Empty(loaded.Problems);
        var addresses = loaded.Options.Venues.Single(venue => venue.Id.Key == "treeofalpha").Addresses;
        Assert.Equal("made-up-key", addresses.Key);
        Assert.DoesNotContain("made-up-key", $"{addresses} {loaded.Options.Venues[^1]} {string.Join(' ', loaded.Effective)}");
        Assert.Contains(loaded.Effective, setting => setting.Name == "Venues:treeofalpha:Key" && setting.Value == "(hidden)");
    }

    [Theory]
    [InlineData("VENUE__TREEOFALPHA__KEY", "two words")]
    [InlineData("VENUE__BINANCE_USDM__KEY", "secret-of-mine")]
    public void A_key_that_cannot_be_used_is_refused_without_being_shown(string variable, string key)
    {
        using var sources = new Sources();
        var problem = Assert.Single(sources.Variable(variable, key).Load().Problems);
        Assert.Equal(variable, problem.Name);
        Assert.DoesNotContain(key, problem.ToString());
    }

    [Fact]
    public void A_list_in_a_stronger_layer_replaces_the_whole_list()
    {
        using var sources = new Sources();
        var options = sources.File("appsettings.json", """{ "Omnibook": { "Composites": { "BTC": ["hyperliquid/BTC"], "ETH": [] } } }""").Good();
        Assert.Equal(["hyperliquid/BTC"], options.Composites.Single(composite => composite.Name == "BTC").Members.Select(member => member.ToString()));
        Assert.DoesNotContain(options.Composites, composite => composite.Name == "ETH");
    }

    [Fact]
    public void A_composite_can_be_set_by_a_variable()
    {
        using var sources = new Sources();
        var options = sources.Variable("COMPOSITE__TWO_DEXES", "hyperliquid-testnet/merrli:BTC,hyperliquid-testnet/sekaw:BTC").Good();
        Assert.Equal(2, options.Composites.Single(composite => composite.Name == "TWO-DEXES").Members.Count);
    }

    [Theory]
    [InlineData("prices.db", "prices.db")]
    [InlineData("sqlite:///prices.db", "prices.db")]
    [InlineData("SQLITE:///./prices.db", "prices.db")]
    public void DATABASE_URL_is_relative_to_the_folder_that_the_program_runs_in(string url, string file)
    {
        using var sources = new Sources();
        Assert.Equal(Path.Combine(sources.Folder, file), sources.Variable("DATABASE_URL", url).Good().Storage.Database);
    }

    [Fact]
    public void Four_slashes_name_an_absolute_file()
    {
        using var sources = new Sources();
        var file = Path.Combine(sources.Folder, "prices.db");
        Assert.Equal(file, sources.Variable("DATABASE_URL", $"sqlite:///{file}").Good().Storage.Database);
    }

    [Theory]
    [InlineData("postgres://user:word@host/base")]
    [InlineData("postgresql+asyncpg://host/base")]
    public void An_address_of_PostgreSQL_is_left_alone_with_a_remark(string url)
    {
        using var sources = new Sources();
        var options = sources.Variable("DATABASE_URL", url).Good();
        Assert.Null(options.Storage.Database);
        var remark = Assert.Single(options.Remarks);
        Assert.DoesNotContain("word", remark);
    }

    [Theory]
    [InlineData("DEBUG", LogLevel.Debug)]
    [InlineData("info", LogLevel.Information)]
    [InlineData("Warning", LogLevel.Warning)]
    [InlineData("CRITICAL", LogLevel.Critical)]
    public void Levels_go_by_their_names_here_and_elsewhere(string text, LogLevel level)
    {
        using var sources = new Sources();
        Assert.Equal(level, sources.Variable("LOG_LEVEL", text).Good().LogLevel);
    }

    [Fact]
    public void The_host_may_be_any_address_of_the_machine()
    {
        using var sources = new Sources();
        Assert.Equal(IPAddress.Any, sources.Variable("HOST", "0.0.0.0").Good().Listen.Address);
        Assert.Equal(IPAddress.IPv6Loopback, sources.Variable("HOST", "::1").Good().Listen.Address);
        Assert.Equal(IPAddress.Loopback, sources.Variable("HOST", "localhost").Good().Listen.Address);
    }

    [Theory]
    [InlineData("http://localhost:3000,https://example.org")]
    [InlineData("""["http://localhost:3000", "https://example.org"]""")]
    public void Origins_are_a_list_in_either_form(string text)
    {
        using var sources = new Sources();
        Assert.Equal(["http://localhost:3000", "https://example.org"], sources.Variable("ALLOWED_ORIGINS", text).Good().Listen.AllowedOrigins);
    }

    [Fact]
    public void A_port_of_zero_is_off()
    {
        using var sources = new Sources();
        Assert.Equal([8000], sources.Variable("CRYEXC_PORT", "0").Good().Listen.Ports);
    }

    [Fact]
    public void A_dotenv_may_export_quote_and_comment()
    {
        using var sources = new Sources();
        var options = sources.File(".env", "# ports\nexport PORT='9003' # the first\n\nCRYEXC_PORT = \"9004\"\nVITE_API_BASE_URL=http://localhost\n").Good();
        Assert.Equal([9003, 9004], options.Listen.Ports);
    }
}
