using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Hyperliquid.Accounts;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Hyperliquid.Exchange;

/// <summary>Puts traders' orders into the matching market, and what the market does to them into their accounts.</summary>
internal sealed class Matching(HyperliquidVenue venue)
{
    private readonly Dictionary<(HyperliquidMarket Coin, long Maker), (Trader Trader, TraderOrder Order)> _makers = [];
    private readonly List<(Trader Trader, TraderOrder Order)> _pointless = [];
    private (Trader Trader, TraderOrder Order)? _taker;
    private long _lastId = 50_000_000_000;

    /// <summary>Places an order and writes its status: resting, filled or error.</summary>
    public void Place(Utf8JsonWriter json, Trader trader, OrderTicket ticket)
    {
        if (Problem(trader, ticket) is { } problem)
        {
            WriteError(json, problem);
            return;
        }

        var order = new TraderOrder(new AccountOrder(
            ++_lastId, ticket.Coin!, ticket.Side, ticket.Price, SizeOf(trader, ticket), 0, "open", venue.BlockTime, venue.BlockTime, ticket.ClientId)
        {
            ReduceOnly = ticket.ReduceOnly,
            TimeInForce = ticket.TimeInForce,
        });
        trader.Orders.Add(order);
        Take(trader, order);
        Rest(trader, order);
        WriteStatus(json, trader, order);
        ExchangeFrames.Order(venue, trader, order.Row);
    }

    /// <summary>Takes an open order out of the book; false when there is none that is open.</summary>
    public bool Cancel(Trader trader, TraderOrder? order, string status = "canceled")
    {
        if (order?.Resting is not { } resting)
        {
            return false;
        }

        order.Row.Coin.Market.Book.Cancel(resting);
        Leave(trader, order, status);
        return true;
    }

    /// <summary>A trade happened in the market; traders may have had a part in it.</summary>
    public void OnTrade(HyperliquidMarket coin, in MarketTrade trade)
    {
        var (price, size, id) = (coin.Coin.Rules.PriceScale.ToDecimal(trade.Price), coin.Coin.Rules.QuantityScale.ToDecimal(trade.Quantity), venue.TradeIdOf(trade));
        if (_taker is { } taker)
        {
            Fill(taker.Trader, taker.Order, price, size, isTaker: true, id);
        }

        if (_makers.TryGetValue((coin, trade.MakerOrder), out var maker))
        {
            Fill(maker.Trader, maker.Order, price, size, isTaker: false, id);
            if (maker.Order.Row.Filled == maker.Order.Row.Size)
            {
                Leave(maker.Trader, maker.Order, "filled");
            }
        }
    }

    /// <summary>Takes out orders that were only to reduce what is not there any more. Done between orders, not while the book is matched.</summary>
    public void Sweep()
    {
        foreach (var (trader, order) in _pointless)
        {
            Cancel(trader, order, "reduceOnlyCanceled");
        }

        _pointless.Clear();
    }

    private string? Problem(Trader trader, OrderTicket ticket)
    {
        if (ticket.Problem(ticket.Coin?.Oracle(venue.BlockTime) ?? 0) is { } problem)
        {
            return problem;
        }

        var (coin, book) = (ticket.Coin!, ticket.Coin!.Market.Book);
        var crosses = book.WouldCross(ticket.Side, coin.Coin.Rules.PriceScale.FromDecimal(ticket.Price));
        return venue.Faults.Use("reject-order", coin.Name) is not null ? $"Insufficient margin to place order. asset={ticket.Asset}"
            : coin.Market.IsHalted ? $"Trading is halted. asset={ticket.Asset}"
            : ticket.ReduceOnly && Math.Sign(trader.PositionIn(coin)) != (ticket.Side == Side.Bid ? -1 : 1) ? $"Reduce only order would increase position. asset={ticket.Asset}"
            : ticket.TimeInForce == "Alo" && crosses ? $"Post only order would have immediately matched, bbo was {Touch(coin)}. asset={ticket.Asset}"
            : ticket.TimeInForce == "Ioc" && !crosses ? $"Order could not immediately match against any resting orders. asset={ticket.Asset}"
            : Opening(trader, ticket) * ticket.Price / Trader.LeverageOf(coin) > Available(trader, coin) ? $"Insufficient margin to place order. asset={ticket.Asset}"
            : null;
    }

    private static string Touch(HyperliquidMarket coin) =>
        $"{(coin.Best(Side.Bid) is { } bid ? coin.Price(bid.Price) : "none")}@{(coin.Best(Side.Ask) is { } ask ? coin.Price(ask.Price) : "none")}";

    private decimal Available(Trader trader, HyperliquidMarket coin) => new ClearingHouse(venue, trader.Show(venue.Dexes), coin.Dex).Withdrawable;

    /// <summary>How much of an order would make a position larger.</summary>
    private static decimal Opening(Trader trader, OrderTicket ticket)
    {
        var held = trader.PositionIn(ticket.Coin!);
        var isAgainst = Math.Sign(held) == (ticket.Side == Side.Bid ? -1 : 1);
        return isAgainst ? Math.Max(0, ticket.Size - Math.Abs(held)) : ticket.Size;
    }

    private static decimal SizeOf(Trader trader, OrderTicket ticket) =>
        ticket.ReduceOnly ? Math.Min(ticket.Size, Math.Abs(trader.PositionIn(ticket.Coin!))) : ticket.Size;

    private void Take(Trader trader, TraderOrder order)
    {
        var (rules, book) = (order.Row.Coin.Coin.Rules, order.Row.Coin.Market.Book);
        var price = rules.PriceScale.FromDecimal(order.Row.Price);
        foreach (var own in trader.Orders.Where(other => other.Resting is { } resting && other.Row.Coin == order.Row.Coin && other.Row.Side != order.Row.Side
            && !book.On(resting.Side).IsBetter(price, resting.Level.Price)).ToList())
        {
            Cancel(trader, own, "selfTradeCanceled");
        }

        _taker = (trader, order);
        book.Take(order.Row.Side, rules.QuantityScale.FromDecimal(order.Row.Size), price);
        _taker = null;
    }

    private void Rest(Trader trader, TraderOrder order)
    {
        var (row, rules) = (order.Row, order.Row.Coin.Coin.Rules);
        if (row.Filled == row.Size)
        {
            order.Row = row with { Status = "filled", Changed = venue.BlockTime };
        }
        else if (row.TimeInForce == "Ioc")
        {
            order.Row = row with { Status = "canceled", Changed = venue.BlockTime };
        }
        else
        {
            order.Resting = row.Coin.Market.Book.Place(row.Side, rules.PriceScale.FromDecimal(row.Price), rules.QuantityScale.FromDecimal(row.Size - row.Filled));
            order.Resting.IsOwned = true;
            _makers.Add((row.Coin, order.Resting.Id), (trader, order));
        }
    }

    private void Fill(Trader trader, TraderOrder order, decimal price, decimal size, bool isTaker, long tradeId)
    {
        order.Row = order.Row with { Filled = order.Row.Filled + size, Changed = venue.BlockTime };
        ExchangeFrames.Fill(venue, trader, trader.Fill(order, price, size, isTaker, venue.Schedule.Milliseconds, tradeId));
        _pointless.AddRange(
            from other in trader.Orders
            where other.Resting is not null && other.Row.ReduceOnly && other.Row.Coin == order.Row.Coin
                && Math.Sign(trader.PositionIn(other.Row.Coin)) != (other.Row.Side == Side.Bid ? -1 : 1)
            select (trader, other));
    }

    private void Leave(Trader trader, TraderOrder order, string status)
    {
        _makers.Remove((order.Row.Coin, order.Resting!.Id));
        order.Resting = null;
        order.Row = order.Row with { Status = status, Changed = venue.BlockTime };
        ExchangeFrames.Order(venue, trader, order.Row);
    }

    private static void WriteStatus(Utf8JsonWriter json, Trader trader, TraderOrder order)
    {
        var row = order.Row;
        var fills = trader.Show([]).Fills.Where(fill => fill.Order.Id == row.Id).ToList();
        json.WriteStartObject();
        json.WriteStartObject(order.Resting is null ? "filled" : "resting");
        if (order.Resting is null)
        {
            json.WriteString("totalSz", HyperliquidText.Amount(row.Filled));
            json.WriteString("avgPx", HyperliquidText.Amount(fills.Sum(static fill => fill.Price * fill.Size) / row.Filled, 6));
        }

        json.WriteNumber("oid", row.Id);
        if (row.ClientId is not null)
        {
            json.WriteString("cloid", row.ClientId);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary><c>{"error":"Order must have minimum value of $10. asset=0"}</c></summary>
    public static void WriteError(Utf8JsonWriter json, string problem)
    {
        json.WriteStartObject();
        json.WriteString("error", problem);
        json.WriteEndObject();
    }
}
