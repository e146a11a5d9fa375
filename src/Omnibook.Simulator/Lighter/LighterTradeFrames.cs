using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Lighter;

/// <summary>Trades, on the socket and in REST.</summary>
internal static class LighterTradeFrames
{
    private const long FirstAskOrder = 281_476_929_689_557;
    private const long FirstBidOrder = 562_947_905_454_831;
    private const long BlockMilliseconds = 100;
    private const ulong Accounts = 720_000;

    /// <summary>The height of the chain at a moment.</summary>
    public static long HeightAt(long milliseconds) => milliseconds / BlockMilliseconds - 17_500_000_000;

    /// <summary>
    /// <c>{"channel":"trade:0","liquidation_trades":[],"nonce":8630448841,"trades":[{…}],"type":"update/trade"}</c>. Without liquidations their
    /// array is empty, null or absent; without trades theirs is.
    /// </summary>
    public static void Trades(Utf8JsonWriter json, LighterMarket market, IReadOnlyList<MarketTrade> trades, long nonce, bool isFirst)
    {
        json.WriteStartObject();
        json.WriteString("channel", $"trade:{market.Id}");
        WriteList(json, market, "liquidation_trades", [.. trades.Where(static trade => trade.IsLiquidation)], nonce);
        json.WriteNumber("nonce", nonce);
        WriteList(json, market, "trades", [.. trades.Where(static trade => !trade.IsLiquidation)], nonce + 1);
        json.WriteString("type", LighterFrames.TypeOf("trade", isFirst));
        json.WriteEndObject();
    }

    /// <summary>
    /// One trade. <c>is_maker_ask</c> true means that the taker bought. Fees of zero are left out, as are other fields that are empty.
    /// </summary>
    public static void Trade(Utf8JsonWriter json, LighterMarket market, in MarketTrade trade)
    {
        var isMakerAsk = trade.TakerSide == Side.Bid;
        var bits = SeededRandom.Mix(market.Seed, (ulong)trade.Id);
        json.WriteStartObject();
        LighterText.WriteId(json, "trade_id", LighterMarket.TradeId(trade.Id));
        json.WriteString("tx_hash", LighterText.Hash(bits));
        json.WriteString("type", trade.IsLiquidation ? "liquidation" : "trade");
        json.WriteNumber("market_id", market.Id);
        json.WriteString("size", market.Size(trade.Quantity));
        json.WriteString("price", market.Price(trade.Price));
        json.WriteString("usd_amount", LighterText.Fixed(market.Value((decimal)trade.Price * trade.Quantity), 6));
        WriteParties(json, trade, isMakerAsk, bits);
        json.WriteBoolean("is_maker_ask", isMakerAsk);
        json.WriteNumber("block_height", HeightAt(trade.Milliseconds));
        json.WriteNumber("timestamp", trade.Milliseconds);
        if (trade.IsLiquidation)
        {
            json.WriteNumber("taker_fee", 10_000);
        }

        if (bits % 3 == 0)
        {
            json.WriteNumber("maker_fee", 28);
        }

        json.WriteNumber("transaction_time", trade.Milliseconds * 1000 + (long)(bits % 1000));
        json.WriteEndObject();
    }

    private static void WriteParties(Utf8JsonWriter json, in MarketTrade trade, bool isMakerAsk, ulong bits)
    {
        var (maker, taker) = (trade.MakerOrder, trade.Milliseconds % 100_000_000_000);
        LighterText.WriteId(json, "ask_id", FirstAskOrder + (isMakerAsk ? maker : taker));
        LighterText.WriteId(json, "bid_id", FirstBidOrder + (isMakerAsk ? taker : maker));
        // Clients choose these ids; some are beyond 2^53.
        LighterText.WriteId(json, "ask_client_id", (long)(SeededRandom.Mix(bits, 1) >> 2));
        LighterText.WriteId(json, "bid_client_id", (long)(SeededRandom.Mix(bits, 2) >> 20));
        var (makerAccount, takerAccount) = ((long)(SeededRandom.Mix(3, (ulong)maker) % Accounts), (long)(SeededRandom.Mix(4, (ulong)taker) % Accounts));
        json.WriteNumber("ask_account_id", isMakerAsk ? makerAccount : takerAccount);
        json.WriteNumber("bid_account_id", isMakerAsk ? takerAccount : makerAccount);
    }

    private static void WriteList(Utf8JsonWriter json, LighterMarket market, string name, List<MarketTrade> trades, long nonce)
    {
        if (trades.Count == 0 && nonce % 3 != 0)
        {
            if (nonce % 3 == 1)
            {
                json.WriteNull(name);
            }

            return;
        }

        json.WriteStartArray(name);
        foreach (var trade in trades)
        {
            Trade(json, market, trade);
        }

        json.WriteEndArray();
    }
}
