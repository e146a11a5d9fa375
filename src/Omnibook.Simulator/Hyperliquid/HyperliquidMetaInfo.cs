using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Hyperliquid;

/// <summary>What is listed: perpetuals, dexes, spot tokens.</summary>
internal sealed class HyperliquidMetaInfo(HyperliquidVenue venue)
{
    private static readonly (string Name, int SizeDecimals, int WeiDecimals, int Index)[] Tokens =
        [("USDC", 8, 8, HyperliquidCoins.Usdc), ("PURR", 0, 5, 1), ("HYPE", 2, 8, 150), ("FEUSD", 2, 8, HyperliquidCoins.FeUsd)];

    /// <summary>Adds the request types.</summary>
    public void AddTo(Dictionary<string, Func<InfoRequest, RestAnswer>> types)
    {
        types.Add("meta", request => OfDex(request, WriteMeta));
        types.Add("metaAndAssetCtxs", request => OfDex(request, WriteMetaAndContexts));
        types.Add("allPerpMetas", _ => InfoAnswers.List(venue.Dexes, WriteMeta));
        types.Add("perpDexs", _ => InfoAnswers.Write(WriteDexes));
        types.Add("spotMeta", static _ => InfoAnswers.Write(WriteSpotMeta));
        types.Add("spotMetaAndAssetCtxs", static _ => InfoAnswers.Write(WriteSpotMetaAndContexts));
    }

    private RestAnswer OfDex(InfoRequest request, Action<Utf8JsonWriter, HyperliquidDex> write) =>
        venue.FindDex(request.TextOrNull("dex") ?? "") is { } dex ? InfoAnswers.Write(json => write(json, dex)) : InfoAnswers.Failure;

    private void WriteMetaAndContexts(Utf8JsonWriter json, HyperliquidDex dex)
    {
        json.WriteStartArray();
        WriteMeta(json, dex);
        HyperliquidMarketInfo.WriteContexts(json, venue, dex);
        json.WriteEndArray();
    }

    /// <summary><c>{"universe":[{"szDecimals":5,"name":"BTC","maxLeverage":40,"marginTableId":56}],"marginTables":[[56,{…}]],"collateralToken":0}</c></summary>
    private void WriteMeta(Utf8JsonWriter json, HyperliquidDex dex)
    {
        json.WriteStartObject();
        json.WriteStartArray("universe");
        foreach (var coin in venue.CoinsOf(dex))
        {
            json.WriteStartObject();
            json.WriteNumber("szDecimals", coin.Coin.SizeDecimals);
            json.WriteString("name", coin.Name);
            json.WriteNumber("maxLeverage", coin.Coin.MaxLeverage);
            json.WriteNumber("marginTableId", coin.Coin.MaxLeverage);
            if (coin.Market.IsHalted)
            {
                json.WriteBoolean("isDelisted", true);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("marginTables");
        foreach (var leverage in dex.Coins.Select(static coin => coin.MaxLeverage).Distinct())
        {
            WriteMarginTable(json, leverage);
        }

        json.WriteEndArray();
        json.WriteNumber("collateralToken", dex.Collateral);
        json.WriteEndObject();
    }

    private static void WriteMarginTable(Utf8JsonWriter json, int leverage)
    {
        json.WriteStartArray();
        json.WriteNumberValue(leverage);
        json.WriteStartObject();
        json.WriteString("description", "");
        json.WriteStartArray("marginTiers");
        json.WriteStartObject();
        json.WriteString("lowerBound", "0.0");
        json.WriteNumber("maxLeverage", leverage);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary><c>[null,{"name":"merrli","fullName":"Merrli","deployer":"0x…",…}]</c>: null stands for the first dex.</summary>
    private void WriteDexes(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        json.WriteNullValue();
        foreach (var dex in venue.Dexes.Skip(1))
        {
            WriteDex(json, dex);
        }

        json.WriteEndArray();
    }

    private void WriteDex(Utf8JsonWriter json, HyperliquidDex dex)
    {
        var deployer = HyperliquidText.Address(Markets.SeededRandom.SeedOf(venue.Seed, dex.Name));
        json.WriteStartObject();
        json.WriteString("name", dex.Name);
        json.WriteString("fullName", dex.FullName);
        json.WriteString("deployer", deployer);
        json.WriteNull("oracleUpdater");
        json.WriteString("feeRecipient", deployer);
        json.WriteStartArray("assetToStreamingOiCap");
        foreach (var coin in dex.Coins)
        {
            json.WriteStartArray();
            json.WriteStringValue(coin.Rules.Symbol);
            json.WriteStringValue("10000000.0");
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("subDeployers");
        json.WriteEndArray();
        json.WriteString("deployerFeeScale", "1.0");
        json.WriteString("lastDeployerFeeScaleChangeTime", "1970-01-01T00:00:00");
        json.WriteStartArray("assetToFundingMultiplier");
        json.WriteEndArray();
        json.WriteStartArray("assetToFundingInterestRate");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Spot is listed but not traded here: its one pair has a price and no volume, as a quiet pair has at the venue.</summary>
    private static void WriteSpotMetaAndContexts(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        WriteSpotMeta(json);
        json.WriteStartArray();
        json.WriteRawValue(
            """{"prevDayPx":"0.2","dayNtlVlm":"0.0","markPx":"0.2","midPx":null,"circulatingSupply":"596967230.0","coin":"PURR/USDC","totalSupply":"596967230.0","dayBaseVlm":"0.0"}""");
        json.WriteEndArray();
        json.WriteEndArray();
    }

    /// <summary><c>{"universe":[{"tokens":[1,0],"name":"PURR/USDC","index":0,"isCanonical":true}],"tokens":[{"name":"USDC",…}]}</c></summary>
    private static void WriteSpotMeta(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("universe");
        json.WriteRawValue("{\"tokens\":[1,0],\"name\":\"PURR/USDC\",\"index\":0,\"isCanonical\":true}");
        json.WriteEndArray();
        json.WriteStartArray("tokens");
        foreach (var (name, sizeDecimals, weiDecimals, index) in Tokens)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteNumber("szDecimals", sizeDecimals);
            json.WriteNumber("weiDecimals", weiDecimals);
            json.WriteNumber("index", index);
            json.WriteString("tokenId", HyperliquidText.Hash((ulong)index)[..34]);
            json.WriteBoolean("isCanonical", index < 2);
            json.WriteNull("evmContract");
            json.WriteNull("fullName");
            json.WriteString("deployerTradingFeeShare", "0.0");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
