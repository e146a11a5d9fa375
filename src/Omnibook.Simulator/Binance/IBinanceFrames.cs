using System.Text.Json;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Binance;

/// <summary>Writes the events of a Binance market, field for field in the venue's order.</summary>
internal interface IBinanceFrames
{
    /// <summary>What changed of a book.</summary>
    void Depth(Utf8JsonWriter json, BinanceMarket market, DiffStream stream, long now);

    /// <summary>The top of a book.</summary>
    void PartialDepth(Utf8JsonWriter json, BinanceMarket market, DiffStream stream, int levels, long now);

    /// <summary>The best bid and ask that were last seen, with the id of a change.</summary>
    void BookTicker(Utf8JsonWriter json, BinanceMarket market, long sequence, long now);

    /// <summary>A fill.</summary>
    void Trade(Utf8JsonWriter json, BinanceMarket market, in MarketTrade trade, long now);

    /// <summary>Fills that belong together.</summary>
    void AggregateTrade(Utf8JsonWriter json, BinanceMarket market, in AggregateTrade aggregate, long now);

    /// <summary>A candle.</summary>
    void Kline(Utf8JsonWriter json, BinanceMarket market, CandleInterval interval, in Candle candle, bool isClosed, long now);

    /// <summary>The 24 hours: <c>24hrTicker</c>, or its short form <c>24hrMiniTicker</c>.</summary>
    void Ticker(Utf8JsonWriter json, BinanceMarket market, bool isMini, long now);
}
