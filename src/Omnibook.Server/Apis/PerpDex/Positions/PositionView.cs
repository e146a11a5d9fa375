using System.Globalization;
using Omnibook.Core.Events;
using Omnibook.History;
using Omnibook.Server.Apis.PerpDex.Prices;

namespace Omnibook.Server.Apis.PerpDex.Positions;

/// <summary>A position as it stands now.</summary>
/// <param name="Id">Its name: <c>paper:1</c> or <c>hl:0x…:BTC</c>.</param>
/// <param name="Pair">The pair.</param>
/// <param name="Dex">Where it is.</param>
/// <param name="IsLong">Whether it is a long; otherwise a short.</param>
/// <param name="Size">How much of the coin.</param>
/// <param name="Entry">The average price of its opening.</param>
/// <param name="Liquidation">Where it is liquidated; null where that is not known.</param>
/// <param name="Margin">What was put up for it, in dollars.</param>
/// <param name="CreatedAt">When it was opened; unknown where the dex does not say.</param>
internal sealed record PositionView(
    string Id, string Pair, string Dex, bool IsLong, decimal Size, decimal Entry, decimal? Liquidation, decimal Margin, Timestamp CreatedAt)
{
    private const string PaperPrefix = "paper:";

    /// <summary>The middle over all dexes now; null where no dex shows a fresh price.</summary>
    public decimal? Current { get; init; }

    /// <summary>The funding of one hour at its dex; null where none is known.</summary>
    public decimal? HourlyRate { get; init; }

    /// <summary>When the current price was read; unknown where there is none.</summary>
    public Timestamp PricedAt { get; init; }

    /// <summary>What a paper position has received as funding, in dollars, negative when it paid; null for a real one.</summary>
    public decimal? Funding { get; init; }

    /// <summary>What opening a paper position cost, in dollars; null for a real one.</summary>
    public decimal? Fees { get; init; }

    /// <summary>Profit and funding less the fees paid so far; null where one of them is not known.</summary>
    public decimal? NetProfit => Profit + Funding - Fees;

    /// <summary>±(current − entry) × size, in dollars.</summary>
    public decimal? Profit => (IsLong ? Current - Entry : Entry - Current) * Size;

    /// <summary>The profit in percent of the margin.</summary>
    public decimal? ProfitPercentage => Margin > 0 ? Profit / Margin * 100 : null;

    /// <summary>How far the price is from the liquidation, in percent of the price.</summary>
    public decimal? LiquidationDistance => Math.Abs((Current - Liquidation) ?? 0) is var distance && Liquidation is not null && Current > 0 ? distance / Current * 100 : null;

    /// <summary>What the side is called.</summary>
    public string SideName => IsLong ? "long" : "short";

    /// <summary>A paper position.</summary>
    public static PositionView Of(PaperPosition paper) => new(
        PaperPrefix + paper.Id.ToString(CultureInfo.InvariantCulture),
        paper.Pair,
        paper.Dex,
        paper.IsLong,
        paper.Size,
        paper.EntryPrice,
        paper.LiquidationPrice,
        paper.Margin,
        Timestamp.FromMilliseconds(paper.OpenedAtMs))
    {
        Funding = paper.Funding,
        Fees = paper.Fees,
    };

    /// <summary>The number of a paper position, or null for the name of any other.</summary>
    public static long? PaperNumber(string id) =>
        id.StartsWith(PaperPrefix, StringComparison.Ordinal) && long.TryParse(id.AsSpan(PaperPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>The same at the prices of now.</summary>
    public PositionView At(PriceReading prices) => prices.Sources.Count == 0
        ? this
        : this with
        {
            Current = prices.Mid,
            PricedAt = prices.At,
            HourlyRate = prices.Sources.FirstOrDefault(source => source.Dex == Dex)?.HourlyRate,
        };
}
