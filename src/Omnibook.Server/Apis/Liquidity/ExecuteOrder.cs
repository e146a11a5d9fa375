using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Routing;

namespace Omnibook.Server.Apis.Liquidity;

/// <summary>What <c>POST /api/execute</c> is asked for, checked.</summary>
/// <param name="Symbol">Where.</param>
/// <param name="Side">Whether it buys or sells.</param>
/// <param name="Notional">How much, in the quote asset.</param>
/// <param name="Fees">The fee of each member in basis points: as asked, otherwise as configured.</param>
internal sealed record ExecuteOrder(ServedSymbol Symbol, TakerSide Side, decimal Notional, IReadOnlyDictionary<string, decimal> Fees)
{
    private const decimal MostNotional = 1_000_000_000_000;
    private const decimal MostFeeBps = 1_000;

    /// <summary>The fees as a router takes them.</summary>
    public FeeSchedule Schedule()
    {
        var schedule = new FeeSchedule();
        foreach (var member in Symbol.Plan.Members)
        {
            schedule.Set(member.Member.Venue, member.Member.Symbol, new VenueFees(Fees[member.Name], 0));
        }

        return schedule;
    }

    /// <summary>Reads an order out of a body.</summary>
    /// <exception cref="ExecuteRefusedException">A value is missing or not allowed.</exception>
    public static ExecuteOrder Read(JsonElement body, LiquidityBoard board, LiquiditySettings settings)
    {
        if (!body.TryGetProperty("side", out var side) || !body.TryGetProperty("notional_usd", out var notional))
        {
            throw new ExecuteRefusedException("Missing required parameters");
        }

        var (taker, amount) = (SideOf(side), AmountOf(notional));
        var symbol = SymbolOf(body, board);
        return new ExecuteOrder(symbol, taker, amount, FeesOf(body, symbol.Plan, settings));
    }

    private static TakerSide SideOf(JsonElement side) => side.ValueKind == JsonValueKind.String ? side.GetString() switch
    {
        "buy" => TakerSide.Buy,
        "sell" => TakerSide.Sell,
        var other => throw new ExecuteRefusedException($"side should be buy or sell, not '{Shorten(other!)}'"),
    }
        : throw new ExecuteRefusedException("side should be buy or sell");

    private static decimal AmountOf(JsonElement notional) =>
        notional.ValueKind == JsonValueKind.Number && notional.TryGetDecimal(out var amount) && amount is > 0 and <= MostNotional
            ? amount
            : throw new ExecuteRefusedException($"notional_usd should be a number above 0 and at most {MostNotional}, not {Shorten(notional.GetRawText())}");

    private static ServedSymbol SymbolOf(JsonElement body, LiquidityBoard board)
    {
        string? name = null;
        if (body.TryGetProperty("symbol", out var symbol) && symbol.ValueKind != JsonValueKind.Null)
        {
            name = symbol.ValueKind == JsonValueKind.String ? symbol.GetString() : throw new ExecuteRefusedException("symbol should be a text");
        }

        return board.Find(name) ?? throw new ExecuteRefusedException(
            $"unknown symbol '{Shorten(name ?? "")}'; there are {string.Join(", ", board.Symbols.Select(served => served.Plan.Name))}", StatusCodes.Status404NotFound);
    }

    private static Dictionary<string, decimal> FeesOf(JsonElement body, SymbolPlan plan, LiquiditySettings settings)
    {
        var fees = plan.Members.ToDictionary(member => member.Name, member => settings.Fees[member.Member.Venue].TakerBps, StringComparer.Ordinal);
        if (!body.TryGetProperty("fee_bps", out var asked) || asked.ValueKind == JsonValueKind.Null)
        {
            return fees;
        }

        if (asked.ValueKind != JsonValueKind.Object)
        {
            throw new ExecuteRefusedException("fee_bps should be an object of venues and basis points");
        }

        foreach (var fee in asked.EnumerateObject())
        {
            if (!fees.ContainsKey(fee.Name))
            {
                throw new ExecuteRefusedException($"unknown venue '{Shorten(fee.Name)}' in fee_bps; there are {string.Join(", ", fees.Keys)}");
            }

            fees[fee.Name] = FeeOf(fee);
        }

        return fees;
    }

    private static decimal FeeOf(JsonProperty fee) =>
        fee.Value.ValueKind == JsonValueKind.Number && fee.Value.TryGetDecimal(out var bps) && bps is >= 0 and <= MostFeeBps && FeeSchedule.IsFee(bps)
            ? bps
            : throw new ExecuteRefusedException($"the fee of {fee.Name} should be a number from 0 to {MostFeeBps} with at most four decimals, not {Shorten(fee.Value.GetRawText())}");

    private static string Shorten(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 40), "…");
}

/// <summary>An order that cannot be simulated as it was asked for.</summary>
internal sealed class ExecuteRefusedException(string message, int status = StatusCodes.Status400BadRequest) : Exception(message)
{
    /// <summary>The status that says so.</summary>
    public int Status => status;
}
