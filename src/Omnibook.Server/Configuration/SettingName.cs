namespace Omnibook.Server.Configuration;

/// <summary>A setting by all its names.</summary>
/// <param name="Path">Its path below <c>Omnibook</c> in <c>appsettings.json</c>: <c>Nbbo:Venue</c>.</param>
/// <param name="Variable">Its environment variable, in the environment or in <c>.env</c>.</param>
/// <param name="Aliases">Other variables that mean the same; used where <paramref name="Variable"/> is absent.</param>
internal sealed record SettingName(string Path, string Variable, params string[] Aliases)
{
    public static readonly SettingName Host = new("Host", "HOST");
    public static readonly SettingName Port = new("Port", "PORT", "API_PORT", "APP_PORT");
    public static readonly SettingName CryExcPort = new("CryExcPort", "CRYEXC_PORT");
    public static readonly SettingName AllowedHosts = new("AllowedHosts", "ALLOWED_HOSTS");
    public static readonly SettingName AllowedOrigins = new("AllowedOrigins", "ALLOWED_ORIGINS");
    public static readonly SettingName AuthRequired = new("AuthRequired", "AUTH_REQUIRED");
    public static readonly SettingName InsecurePublic = new("InsecurePublic", "INSECURE_PUBLIC");
    public static readonly SettingName ConnectionsPerAddress = new("ConnectionsPerAddress", "CONNECTIONS_PER_ADDRESS");
    public static readonly SettingName Data = new("Data", "OMNIBOOK_DATA");
    public static readonly SettingName Database = new("Database", "DATABASE_URL");
    public static readonly SettingName LogLevel = new("LogLevel", "LOG_LEVEL");
    public static readonly SettingName TestEndpoints = new("TestEndpoints", "TEST_ENDPOINTS");
    public static readonly SettingName SnapshotSeconds = new("SnapshotSeconds", "SNAPSHOT_SECONDS");
    public static readonly SettingName RetentionDays = new("RetentionDays", "RETENTION_DAYS");
    public static readonly SettingName HistoryEnabled = new("History:Enabled", "HISTORY_ENABLED");
    public static readonly SettingName HistoryRetention = new("History:RetentionHours", "HISTORY_RETENTION_HOURS");
    public static readonly SettingName HistoryBookDepth = new("History:BookDepth", "HISTORY_BOOK_DEPTH");
    public static readonly SettingName JournalSync = new("History:JournalFsyncMs", "JOURNAL_FSYNC_MS");
    public static readonly SettingName RawFrames = new("History:RawFrames", "RAW_FRAMES");
    public static readonly SettingName RawFramesHours = new("History:RawFramesHours", "RAW_FRAMES_HOURS");
    public static readonly SettingName RawFramesMegabytes = new("History:RawFramesMegabytes", "RAW_FRAMES_MEGABYTES");
    public static readonly SettingName BookCheckSeconds = new("BookCheckSeconds", "BOOK_CHECK_SECONDS");
    public static readonly SettingName MaxLag = new("MaxLagMs", "MAX_LAG_MS");
    public static readonly SettingName GeoBlockRetrySeconds = new("GeoBlockRetrySeconds", "GEO_BLOCK_RETRY_SECONDS");
    public static readonly SettingName ApiUrl = new("ApiUrl", "API_URL");
    public static readonly SettingName NbboVenue = new("Nbbo:Venue", "NBBO_VENUE");
    public static readonly SettingName NbboComposite = new("Nbbo:Composite", "NBBO_COMPOSITE");
    public static readonly SettingName NbboCoin = new("Nbbo:Coin", "NBBO_COIN");

    public static readonly SettingName DemandRelease = new("Demand:ReleaseSeconds", "DEMAND_RELEASE_SECONDS");
    public static readonly SettingName DemandMost = new("Demand:MostPerVenue", "DEMAND_MOST_PER_VENUE");
    public static readonly SettingName LargeTradeUsd = new("MarketData:LargeTradeUsd", "LARGE_TRADE_THRESHOLD_USD");
    public static readonly SettingName SupportedSymbols = new("MarketData:Symbols", "SUPPORTED_SYMBOLS");
    public static readonly SettingName SupportedIntervals = new("MarketData:Intervals", "SUPPORTED_INTERVALS");
    public static readonly SettingName ReconnectDelay = new("ReconnectSeconds", "WS_RECONNECT_DELAY");
    public static readonly SettingName ReconnectAttempts = new("ReconnectAttempts", "WS_MAX_RECONNECT_ATTEMPTS");
    public static readonly SettingName BinanceBaseUrl = new("BinanceBaseUrl", "BINANCE_BASE_URL");
    public static readonly SettingName RedisUrl = new("Redis:Url", "REDIS_URL");
    public static readonly SettingName PriceCacheTtl = new("Redis:PriceTtlSeconds", "PRICE_CACHE_TTL");
    public static readonly SettingName LiquiditySymbols = new("Liquidity:Symbols", "LIQUIDITY_SYMBOLS");
    public static readonly SettingName TickHz = new("Liquidity:TickHz", "TICK_HZ");
    public static readonly SettingName MetricsHistory = new("Liquidity:HistorySeconds", "METRICS_HISTORY_SECONDS");
    public static readonly SettingName TopLevels = new("Liquidity:TopLevels", "TOP_LEVELS");
    public static readonly SettingName DepthWindow = new("Liquidity:DepthWindowBps", "DEPTH_WINDOW_BPS");
    public static readonly SettingName StaleThreshold = new("Liquidity:StaleSeconds", "STALE_THRESHOLD_SECONDS");
    public static readonly SettingName LiveThreshold = new("Liquidity:LiveSeconds", "LIVE_THRESHOLD_SECONDS");
    public static readonly SettingName NormalizeUsdt = new("Liquidity:NormalizeUsdt", "NORMALIZE_USDT");
    public static readonly SettingName AlertsMost = new("Alerts:Most", "ALERTS_MOST");
    public static readonly SettingName WebhookSchemes = new("Alerts:WebhookSchemes", "ALERT_WEBHOOK_SCHEMES");
    public static readonly SettingName WebhookHosts = new("Alerts:WebhookHosts", "ALERT_WEBHOOK_HOSTS");
    public static readonly SettingName HistoryToken = new("HistoryToken", "HISTORY_TOKEN");
    public static readonly SettingName Recording = new("Recording:Enabled", "RECORDING");
    public static readonly SettingName RecordingMinutes = new("Recording:Minutes", "RECORDING_MINUTES");
    public static readonly SettingName RecordingMegabytes = new("Recording:Megabytes", "RECORDING_MEGABYTES");
    public static readonly SettingName ReplayMost = new("Recording:MostReplays", "REPLAY_MOST");

    public static readonly SettingName TradingMode = new("Trading:Mode", "TRADING_MODE");
    public static readonly SettingName TradingVenue = new("Trading:Venue", "TRADING_VENUE");
    public static readonly SettingName TradingKey = new("Trading:PrivateKey", "HYPERLIQUID_PRIVATE_KEY") { IsSecret = true };
    public static readonly SettingName TradingKeyFile = new("Trading:PrivateKeyFile", "HYPERLIQUID_PRIVATE_KEY_FILE");
    public static readonly SettingName TradingAccount = new("Trading:Account", "HYPERLIQUID_ACCOUNT");
    public static readonly SettingName TradingVault = new("Trading:Vault", "HYPERLIQUID_VAULT");
    public static readonly SettingName TradingMaxOrder = new("Trading:MaxOrderUsd", "TRADING_MAX_ORDER_USD");
    public static readonly SettingName TradingMaxDay = new("Trading:MaxDayUsd", "TRADING_MAX_DAY_USD");

    /// <summary>Whether the value is never shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static readonly IReadOnlyList<SettingName> All =
    [
        Host, Port, CryExcPort, AllowedHosts, AllowedOrigins, AuthRequired, InsecurePublic,
        ConnectionsPerAddress, Data, Database, LogLevel, TestEndpoints, SnapshotSeconds, RetentionDays,
        HistoryEnabled, HistoryRetention, HistoryBookDepth, JournalSync, RawFrames, RawFramesHours, RawFramesMegabytes,
        BookCheckSeconds, MaxLag, GeoBlockRetrySeconds,
        ApiUrl, NbboVenue, NbboComposite, NbboCoin, DemandRelease, DemandMost, LargeTradeUsd, SupportedSymbols, SupportedIntervals,
        ReconnectDelay, ReconnectAttempts, BinanceBaseUrl, RedisUrl, PriceCacheTtl,
        LiquiditySymbols, TickHz, MetricsHistory, TopLevels, DepthWindow, StaleThreshold, LiveThreshold, NormalizeUsdt,
        AlertsMost, WebhookSchemes, WebhookHosts, HistoryToken, Recording, RecordingMinutes, RecordingMegabytes, ReplayMost,
        TradingMode, TradingVenue, TradingKey, TradingKeyFile, TradingAccount, TradingVault, TradingMaxOrder, TradingMaxDay,
    ];
}
