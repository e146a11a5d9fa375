using System.Text.Json;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Lighter;

/// <summary>An open position of an account.</summary>
/// <param name="Account">The account's number.</param>
/// <param name="Symbol">The market: <c>BTC</c>.</param>
/// <param name="IsLong">Whether it is a long; otherwise a short.</param>
/// <param name="Size">How much of the coin.</param>
/// <param name="EntryPrice">The average price of its opening, in dollars.</param>
/// <param name="Value">What it is worth now, in dollars.</param>
/// <param name="LiquidationPrice">Where it is liquidated; null where there is none.</param>
/// <param name="Margin">What is put up for it: what was set apart, or else its value × the initial margin fraction.</param>
public sealed record LighterPosition(
    long Account, string Symbol, bool IsLong, decimal Size, decimal EntryPrice, decimal Value, decimal? LiquidationPrice, decimal Margin)
{
    private const string NotFound = "21100";
    private const decimal Percent = 100;

    /// <summary>
    /// Reads the answer to <see cref="LighterRequests.Account"/>:
    /// <c>{"code":200,"accounts":[{"index":1,"positions":[{"symbol":"BTC","sign":-1,"position":"0.5","avg_entry_price":"…","position_value":"…","liquidation_price":"0","initial_margin_fraction":"5.00","allocated_margin":"0"}]}]}</c>.
    /// </summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something else.</exception>
    public static IReadOnlyList<LighterPosition> Read(ReadOnlyMemory<byte> body) => LighterAnswer.Read<IReadOnlyList<LighterPosition>>(
        body,
        answer =>
        [
            .. from account in JsonField.Rows(answer, "accounts")
               let index = JsonField.RequiredInteger(account, "index")
               from row in JsonField.Rows(account, "positions")
               where JsonField.RequiredAmount(row, "position") != 0
               select Of(index, row),
        ]);

    /// <summary>Whether a refusal says that there is no such account: somebody who never was there has no positions.</summary>
    public static bool IsNobody(VenueRequestException refused) =>
        refused.Failure == RequestFailure.Rejected
        && (refused.Message.Contains(NotFound, StringComparison.Ordinal) || refused.VenueMessage?.Contains(NotFound, StringComparison.Ordinal) == true);

    private static LighterPosition Of(long account, JsonElement row)
    {
        var value = JsonField.RequiredAmount(row, "position_value");
        var allocated = JsonField.Amount(row, "allocated_margin") ?? 0;
        return new LighterPosition(
            account,
            JsonField.RequiredText(row, "symbol"),
            JsonField.RequiredInteger(row, "sign") > 0,
            Math.Abs(JsonField.RequiredAmount(row, "position")),
            JsonField.RequiredAmount(row, "avg_entry_price"),
            value,
            JsonField.Amount(row, "liquidation_price") is { } price and > 0 ? price : null,
            allocated > 0 ? allocated : value * (JsonField.Amount(row, "initial_margin_fraction") ?? 0) / Percent);
    }
}
