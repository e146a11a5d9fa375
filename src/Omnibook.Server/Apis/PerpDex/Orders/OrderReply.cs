using System.Text.Json.Serialization;
using Omnibook.Server.Trading;
using Omnibook.Venues.Hyperliquid.Orders;

namespace Omnibook.Server.Apis.PerpDex.Orders;

/// <summary>What became of an order.</summary>
/// <param name="Status"><c>resting</c>, <c>filled</c>, <c>cancelled</c>, <c>waiting</c>, <c>refused</c>, <c>unknown</c> or <c>dry_run</c>.</param>
/// <param name="OrderId">The venue's number; null where there is none.</param>
/// <param name="Cloid">Our id; null where there is none.</param>
/// <param name="FilledSize">How much of the coin is filled; null where it is not said.</param>
/// <param name="AveragePrice">At which price; null where it is not said.</param>
/// <param name="Message">What is wrong; null for nothing.</param>
/// <param name="Repeat">The same order was placed before: this is what became of it then.</param>
internal sealed record OrderReply(
    string Status, long? OrderId, string? Cloid, decimal? FilledSize, decimal? AveragePrice, string? Message, bool Repeat)
{
    /// <summary>A report as it is answered.</summary>
    public static OrderReply Of(OrderReport report) => new(
        report is { IsDryRun: true, Result.State: OrderState.Unknown } ? "dry_run" : report.Result.State.ToString().ToLowerInvariant(),
        report.Result.OrderId,
        report.ClientId,
        Plain(report.Result.FilledSize),
        Plain(report.Result.AveragePrice),
        report.Result.Problem,
        report.IsRepeat);

    /// <summary>The HTTP status of a request about this order alone.</summary>
    [JsonIgnore]
    public int HttpStatus => Status switch
    {
        "refused" => StatusCodes.Status409Conflict,
        "unknown" => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status200OK,
    };

    /// <summary>The same as an answer: its words are the error's where there is one.</summary>
    public IResult ToResult() => HttpStatus == StatusCodes.Status200OK
        ? Results.Json(this, PerpJson.Default.OrderReply)
        : ApiErrors.Detail(HttpStatus, Status == "unknown" ? $"what became of the order {Cloid ?? $"{OrderId}"} is not known: {Message}. It counts until it is; ask /api/v1/orders/{Cloid ?? $"{OrderId}"}" : Message ?? Status);

    /// <summary>A number without trailing zeros.</summary>
    public static decimal? Plain(decimal? number) => number / 1.0000000000000000000000000000m;
}

/// <summary>An order as the venue tells of it.</summary>
internal sealed record OrderRow(
    long OrderId, string? Cloid, string Pair, string Coin, string Side, decimal? Price, decimal? Size, decimal? Remaining, bool ReduceOnly, string? Tif, string Status, DateTime CreatedAt)
{
    /// <summary>An order of the venue.</summary>
    public static OrderRow Of(VenueOrder order) => new(
        order.OrderId,
        order.ClientId,
        $"{order.Coin.ToUpperInvariant()}-USD",
        order.Coin,
        order.IsBuy ? "long" : "short",
        OrderReply.Plain(order.Price),
        OrderReply.Plain(order.Size),
        OrderReply.Plain(order.Remaining),
        order.ReduceOnly,
        order.TimeInForce?.ToLowerInvariant(),
        order.Status,
        DateTimeOffset.FromUnixTimeMilliseconds(order.PlacedAt).UtcDateTime);
}

/// <summary>Whether orders are sent, and what is allowed.</summary>
/// <param name="Mode"><c>off</c>, <c>dry_run</c> or <c>live</c>.</param>
/// <param name="Simulated">Whether the venue is made up, as in the demo.</param>
/// <param name="Venue">Where orders go.</param>
/// <param name="Account">Whose orders they are; null where orders are off.</param>
/// <param name="Agent">The key's own address, where it is not the account's; otherwise null.</param>
/// <param name="MaxOrderUsd">The most that one order may be worth.</param>
/// <param name="MaxDayUsd">The most that all orders of a day may be worth.</param>
/// <param name="UsedTodayUsd">What today's come to.</param>
internal sealed record TradingStatus(
    string Mode, bool Simulated, string Venue, string? Account, string? Agent, decimal MaxOrderUsd, decimal MaxDayUsd, decimal? UsedTodayUsd);
