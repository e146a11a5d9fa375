namespace Omnibook.Tests.Server.Configuration;

public sealed class BadConfigurationTests
{
    /// <summary>A variable, its wrong value, and a word of what is said to be allowed.</summary>
    public static TheoryData<string, string, string> BadVariables => new()
    {
        { "PORT", "abc", "65535" },
        { "PORT", "-1", "65535" },
        { "PORT", "65536", "65535" },
        { "PORT", "8000.5", "65535" },
        { "PORT", "0x1F40", "65535" },
        { "API_PORT", "http", "65535" },
        { "CRYEXC_PORT", "99999999999999999999", "65535" },
        { "HOST", "example.org", "IP address" },
        { "HOST", "999.1.1.1", "IP address" },
        { "HOST", "127.1", "IP address" },
        { "HOST", "http://127.0.0.1", "IP address" },
        { "ALLOWED_HOSTS", "good.example,bad host", "host name" },
        { "ALLOWED_ORIGINS", "localhost:3000", "origin" },
        { "ALLOWED_ORIGINS", "http://localhost:3000/path", "origin" },
        { "ALLOWED_ORIGINS", "[\"http://localhost\"", "JSON list" },
        { "LOG_LEVEL", "LOUD", "DEBUG" },
        { "TEST_ENDPOINTS", "maybe", "true or false" },
        { "SNAPSHOT_SECONDS", "0", "1 to 3600" },
        { "SNAPSHOT_SECONDS", "four", "1 to 3600" },
        { "RETENTION_DAYS", "-30", "1 to 3650" },
        { "HISTORY_ENABLED", "perhaps", "true or false" },
        { "HISTORY_RETENTION_HOURS", "0", "1 to 8760" },
        { "HISTORY_BOOK_DEPTH", "9999", "0 to 5000" },
        { "JOURNAL_FSYNC_MS", "0", "1 to 10000" },
        { "RAW_FRAMES", "maybe", "true or false" },
        { "RAW_FRAMES_HOURS", "0", "1 to 8760" },
        { "RAW_FRAMES_MEGABYTES", "1", "10 to 1000000" },
        { "API_URL", "api.hyperliquid.xyz", "https://" },
        { "API_URL", "ftp://api.hyperliquid.xyz", "https://" },
        { "API_URL", "https://user:word@host", "without user" },
        { "API_URL", "https://host/?a=b", "without user" },
        { "DATABASE_URL", "mysql://host/base", "sqlite:///" },
        { "DATABASE_URL", "sqlite://", "sqlite:///" },
        { "DATABASE_URL", "sqlite:///:memory:", "sqlite:///" },
        { "DATABASE_URL", "sqlite:///no/such/folder/prices.db", "folder that exists" },
        { "NBBO_VENUE", "kraken", "binance-usdm" },
        { "LARGE_TRADE_THRESHOLD_USD", "-1", "0 to 1000000000000" },
        { "LARGE_TRADE_THRESHOLD_USD", "much", "0 to 1000000000000" },
        { "SUPPORTED_SYMBOLS", "BTC USDT", "not a symbol" },
        { "SUPPORTED_INTERVALS", "1m,7m", "there is 1m, 3m" },
        { "WS_RECONNECT_DELAY", "0", "0.1 to 30" },
        { "WS_MAX_RECONNECT_ATTEMPTS", "0", "1 to 1000" },
        { "BINANCE_BASE_URL", "fapi.binance.com", "https://" },
        { "NBBO_COMPOSITE", "NBBA", "NBBO" },
        { "NBBO_COIN", "B T C", "BTC" },
        { "VENUE__BINANCE_USDM__REST", "not an address", "https://" },
        { "VENUE__BINANCE_USDM__SOCKET", "https://fstream.binance.com", "wss://" },
        { "VENUE__BINANCE_USDM__ENABLED", "2", "true or false" },
        { "VENUE__BINANCE_USDM__SYMBOLS", "BTC USDT", "not a symbol" },
        { "VENUE__BINANCE_USDM__SYMBOLS", "BTCUSDT,BTCUSDT", "once" },
        { "VENUE__BINANCE_USDM__RESTT", "https://x", "VENUE__BINANCE_USDM__REST" },
        { "VENUE__BINANCE__REST", "https://x", "VENUE__BINANCE_USDM__REST" },
        { "OMNIBOOK_DATTA", "/tmp", "OMNIBOOK_DATA" },
        { "COMPOSITE__BTC", "BTCUSDT", "venue/symbol" },
        { "COMPOSITE__BTC", "kraken/BTCUSD", "hyperliquid" },
        { "COMPOSITE__BTC", "hyperliquid/BTC,hyperliquid/BTC", "once" },
        { "COMPOSITE__BTC!", "hyperliquid/BTC", "letters" },
    };

    /// <summary>The text of appsettings.json, the name that is to be complained of, and a word of what is allowed.</summary>
    public static TheoryData<string, string, string> BadFiles => new()
    {
        { "{", "line 1", "not valid JSON" },
        { "[]", "the file", "object" },
        { """{ "Omnibook": 5 }""", "Omnibook", "no such setting" },
        { """{ "Omnibook": { "Prot": 8000 } }""", "Omnibook:Prot", "Port" },
        { """{ "Omnibook": { "Port": "eight" } }""", "Omnibook:Port", "65535" },
        { """{ "Omnibook": { "Port": { "Main": 1 } } }""", "Omnibook:Port", "a number" },
        { """{ "Omnibook": { "Port": [8000] } }""", "Omnibook:Port", "a list of texts" },
        { """{ "Omnibook": { "Port": 1, "Port": 2 } }""", "line 1", "not valid JSON" },
        { """{ "Omnibook": { "TestEndpoints": "perhaps" } }""", "Omnibook:TestEndpoints", "true or false" },
        { """{ "Omnibook": { "Venues": { "kraken": { "Rest": "https://x" } } } }""", "Omnibook:Venues:kraken:Rest", "no such venue" },
        { """{ "Omnibook": { "Venues": { "hyperliquid": { "Url": "https://x" } } } }""", "Omnibook:Venues:hyperliquid:Url", "Rest" },
        { """{ "Omnibook": { "Venues": { "hyperliquid": { "Symbols": [5] } } } }""", "Omnibook:Venues:hyperliquid:Symbols", "list of texts" },
        { """{ "Omnibook": { "Composites": { "BTC": ["hyperliquid"] } } }""", "Omnibook:Composites:BTC", "venue/symbol" },
        { """{ "Omnibook": { "Composites": { "A:B": ["hyperliquid/BTC"] } } }""", "Omnibook:Composites:A:B", "no such setting" },
        { """{ "Omnibook": { "Nbbo": { "Venue": "x" } } }""", "Omnibook:Nbbo:Venue", "no such venue" },
        { """{ "Omnibook": { "Nbbo": { "Komposit": "x" } } }""", "Omnibook:Nbbo:Komposit", "no such setting" },
    };

    [Theory]
    [MemberData(nameof(BadVariables))]
    public void A_bad_variable_is_named_with_its_value_and_what_is_allowed(string name, string value, string allowed)
    {
        using var sources = new Sources();
        var problem = Assert.Single(sources.Variable(name, value).Load().Problems);
        Assert.Equal(("environment", name, value), (problem.Source, problem.Name, problem.Value));
        Assert.Contains(allowed, problem.Allowed);
    }

    [Theory]
    [MemberData(nameof(BadVariables))]
    public void A_bad_line_of_dotenv_is_named_likewise(string name, string value, string allowed)
    {
        using var sources = new Sources();
        var problem = Assert.Single(sources.File(".env", $"{name}={value}").Load().Problems);
        Assert.Equal((".env", name), (problem.Source, problem.Name));
        Assert.Contains(allowed, problem.Allowed);
    }

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void A_bad_file_is_named_with_the_path_inside_it(string text, string name, string allowed)
    {
        using var sources = new Sources();
        var problem = Assert.Single(sources.File("appsettings.json", text).Load().Problems);
        Assert.Equal(("appsettings.json", name), (problem.Source, problem.Name));
        Assert.Contains(allowed, problem.Allowed);
    }

    [Fact]
    public void Every_error_is_told_at_once()
    {
        using var sources = new Sources();
        sources.Variable("PORT", "x").Variable("API_URL", "y").Variable("OMNIBOOK_X", "z")
            .File(".env", "not a line\nLOG_LEVEL=w").File("appsettings.json", """{ "Omnibook": { "Prot": 1, "Retention": 2 } }""");
        Assert.Equal(
            ["API_URL", "LOG_LEVEL", "OMNIBOOK_X", "Omnibook:Prot", "Omnibook:Retention", "PORT", "line 1"],
            sources.Load().Problems.Select(problem => problem.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Both_ports_must_not_be_off()
    {
        using var sources = new Sources();
        Assert.Contains("PORT", Assert.Single(sources.Variable("PORT", "0").Variable("CRYEXC_PORT", "0").Load().Problems).ToString());
    }

    [Fact]
    public void A_file_named_on_the_command_line_must_exist()
    {
        using var sources = new Sources();
        Assert.Equal("--config", Assert.Single(sources.Load("nowhere.json").Problems).Name);
    }

    [Fact]
    public void A_very_long_value_is_shown_in_part()
    {
        using var sources = new Sources();
        Assert.True(Assert.Single(sources.Variable("PORT", new string('9', 5000)).Load().Problems).ToString().Length < 300);
    }

    [Fact]
    public void Sections_of_others_are_left_alone()
    {
        using var sources = new Sources();
        Assert.Empty(sources.File("appsettings.json", """{ "Logging": { "LogLevel": { "Default": "x" } }, "Kestrel": 5 }""").Variable("PATH", "/x").Load().Problems);
    }
}
