using Omnibook.Server.Apis.Liquidity;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Apis.PerpDex.Prices;
using Omnibook.Server.Apis.PerpDex.Trading;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.PerpDex.Positions;

/// <summary>Writes positions and what they come to.</summary>
internal static class PositionWriter
{
    private const int PercentDecimals = 2;
    private const int MostPerformers = 5;

    /// <summary>A liquidation nearer than this, in percent of the price, is a risk.</summary>
    private const decimal RiskyPercentage = 10;

    /// <summary>
    /// <c>{"id":"paper:1","pair":"BTC-USD","dex":"hyperliquid","side":"long","size":0.5,"entry_price":64000,"current_price":64993.5,"unrealized_pnl":496.75,
    /// "liquidation_price":58000,"margin":3200,"funding_rate":0.0000125,"created_at":"2025-01-15T11:00:00Z","updated_at":"2025-01-15T12:00:00Z"}</c>
    /// </summary>
    public static FrameWriter Position(FrameWriter writer, PositionView position)
    {
        writer.Raw("{\"id\":"u8).Text(position.Id).Raw(",\"pair\":"u8).Text(position.Pair).Raw(",\"dex\":"u8).Text(position.Dex)
            .Raw(",\"side\":"u8).Text(position.SideName).Raw(",\"size\":"u8).Decimal(position.Size)
            .Price(",\"entry_price\":"u8, position.Entry)
            .Price(",\"current_price\":"u8, position.Current)
            .Number(",\"unrealized_pnl\":"u8, position.Profit, RoutingWriter.AmountDecimals)
            .Price(",\"liquidation_price\":"u8, position.Liquidation)
            .Number(",\"margin\":"u8, position.Margin, RoutingWriter.AmountDecimals)
            .Number(",\"funding\":"u8, position.Funding, RoutingWriter.AmountDecimals)
            .Number(",\"fees\":"u8, position.Fees, RoutingWriter.AmountDecimals)
            .Number(",\"net_pnl\":"u8, position.NetProfit, RoutingWriter.AmountDecimals)
            .OrNull(",\"funding_rate\":"u8, position.HourlyRate);
        RowWriter.OrNull(writer.Raw(",\"created_at\":"u8), position.CreatedAt);
        return RowWriter.OrNull(writer.Raw(",\"updated_at\":"u8), position.PricedAt.IsUnknown ? position.CreatedAt : position.PricedAt).Raw("}"u8);
    }

    /// <summary>A list of anything.</summary>
    public static FrameWriter List<T>(FrameWriter writer, IEnumerable<T> rows, Action<FrameWriter, T> write)
    {
        writer.Raw("["u8);
        var isFirst = true;
        foreach (var row in rows)
        {
            write(writer.Raw(isFirst ? ""u8 : ","u8), row);
            isFirst = false;
        }

        return writer.Raw("]"u8);
    }

    /// <summary>What positions come to together. Those without a fresh price count in everything but profit, notional and risk.</summary>
    public static FrameWriter Summary(FrameWriter writer, IReadOnlyList<PositionView> positions)
    {
        writer.Raw("{\"total_positions\":"u8).Integer(positions.Count)
            .Number(",\"total_unrealized_pnl\":"u8, positions.Sum(position => position.Profit ?? 0), RoutingWriter.AmountDecimals)
            .Number(",\"total_margin_used\":"u8, positions.Sum(position => position.Margin), RoutingWriter.AmountDecimals)
            .Number(",\"total_notional\":"u8, positions.Sum(position => NotionalOf(position)), RoutingWriter.AmountDecimals);
        Counts(writer.Raw(",\"positions_by_dex\":"u8), Dexes.All.Select(dex => (dex.Name, positions.Count(position => position.Dex == dex.Name))));
        Counts(writer.Raw(",\"positions_by_side\":"u8), [("long", positions.Count(position => position.IsLong)), ("short", positions.Count(position => !position.IsLong))]);
        Exposure(writer.Raw(",\"net_exposure_by_pair\":{"u8), positions);
        List(
            writer.Raw("},\"top_performers\":"u8),
            positions.Where(position => position.ProfitPercentage is not null).OrderByDescending(position => position.ProfitPercentage).Take(MostPerformers),
            Performer);
        return List(writer.Raw(",\"at_risk_positions\":"u8), positions.Where(position => position.LiquidationDistance < RiskyPercentage), AtRisk).Raw("}"u8);
    }

    private static decimal NotionalOf(PositionView position) => (position.Current ?? 0) * position.Size;

    private static void Counts(FrameWriter writer, IEnumerable<(string Name, int Count)> counts)
    {
        writer.Raw("{"u8);
        var isFirst = true;
        foreach (var (name, count) in counts)
        {
            writer.Raw(isFirst ? ""u8 : ","u8).Text(name).Raw(":"u8).Integer(count);
            isFirst = false;
        }

        writer.Raw("}"u8);
    }

    private static void Exposure(FrameWriter writer, IReadOnlyList<PositionView> positions)
    {
        var isFirst = true;
        foreach (var pair in positions.GroupBy(position => position.Pair, StringComparer.Ordinal).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var exposure = pair.Sum(position => position.IsLong ? NotionalOf(position) : -NotionalOf(position));
            writer.Raw(isFirst ? ""u8 : ","u8).Text(pair.Key).Number(":"u8, exposure, RoutingWriter.AmountDecimals);
            isFirst = false;
        }
    }

    private static void Performer(FrameWriter writer, PositionView position) =>
        writer.Raw("{\"pair\":"u8).Text(position.Pair)
            .Number(",\"pnl\":"u8, position.Profit, RoutingWriter.AmountDecimals)
            .Number(",\"pnl_percentage\":"u8, position.ProfitPercentage, PercentDecimals).Raw("}"u8);

    private static void AtRisk(FrameWriter writer, PositionView position) =>
        writer.Raw("{\"id\":"u8).Text(position.Id).Raw(",\"pair\":"u8).Text(position.Pair).Raw(",\"dex\":"u8).Text(position.Dex)
            .Raw(",\"side\":"u8).Text(position.SideName)
            .Number(",\"distance_percentage\":"u8, position.LiquidationDistance, PercentDecimals)
            .Price(",\"liquidation_price\":"u8, position.Liquidation).Raw("}"u8);
}
