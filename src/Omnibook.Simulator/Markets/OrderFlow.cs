using Omnibook.Core.Instruments;

namespace Omnibook.Simulator.Markets;

/// <summary>
/// Makers and takers of one market. Makers quote around the fair price; quotes that it has overtaken are pulled or picked off;
/// the number of orders returns to its mean; some orders only flicker, as at real venues.
/// </summary>
internal sealed class OrderFlow(SeededRandom random, MarketRules initial, MatchingBook book)
{
    private const int TakersPerMille = 70;
    private const int MostLevelsTaken = 12;

    private MarketRules _rules = initial;

    /// <summary>Orders that rest for ever hold the first places of the book, so that only those behind them are chosen from.</summary>
    private int FarOrders => 2 * _rules.FarLevels;

    /// <summary>The market has other rules from now on; what rests stays.</summary>
    public void Keep(MarketRules changed) => _rules = changed;

    /// <summary>Fills the empty book of the beginning.</summary>
    public void Populate(long fair)
    {
        for (var i = 1; i <= _rules.FarLevels; i++)
        {
            var away = (2L * _rules.SpanTicks + 3L * i) * _rules.Tick;
            book.Place(Side.Bid, Math.Max(_rules.Tick * i, fair - away), Amount());
            book.Place(Side.Ask, fair + away, Amount());
        }

        for (var i = 0; i < _rules.OrdersPerSide; i++)
        {
            Place(Side.Bid, fair);
            Place(Side.Ask, fair);
        }
    }

    /// <summary>One thing happens.</summary>
    /// <param name="fair">What the asset is worth at this venue now.</param>
    /// <param name="touchIsFrozen">True while a fault holds the top crossed: then only deep orders move.</param>
    /// <returns>True when a forced taker has to be executed next; see <see cref="Liquidate"/>.</returns>
    public bool Step(long fair, bool touchIsFrozen)
    {
        if (touchIsFrozen)
        {
            Flicker(fair);
            return false;
        }

        if (FollowFairPrice(fair))
        {
            return false;
        }

        var roll = random.Below(1000);
        if (roll == 0)
        {
            return true;
        }

        Choose((int)roll, fair);
        return false;
    }

    /// <summary>A forced order takes what it finds.</summary>
    /// <returns>The side of the forced order.</returns>
    public Side Liquidate()
    {
        var side = AnySide();
        Take(side, Amount() * 8);
        return side;
    }

    private void Choose(int roll, long fair)
    {
        if (roll < TakersPerMille)
        {
            Take(AnySide(), Amount());
        }
        else if (roll < TakersPerMille + _rules.FlickersPerMille)
        {
            Flicker(fair);
        }
        else if (random.Below(4L * _rules.OrdersPerSide) < book.OrderCount - FarOrders)
        {
            Withdraw(book.OrderAt(FarOrders + (int)random.Below(book.OrderCount - FarOrders)));
        }
        else
        {
            Place(AnySide(), fair);
        }
    }

    /// <summary>Quotes on the wrong side of the fair price do not last: half are withdrawn, half are taken.</summary>
    private bool FollowFairPrice(long fair)
    {
        if (book.Asks.Best is { } ask && ask.Price <= fair)
        {
            Overtake(Side.Bid, ask, fair);
            return true;
        }

        if (book.Bids.Best is { } bid && bid.Price >= fair)
        {
            Overtake(Side.Ask, bid, fair);
            return true;
        }

        return false;
    }

    private void Overtake(Side takerSide, PriceLevel stale, long fair)
    {
        if (random.Chance(350) || stale.Queue[0].IsOwned)
        {
            book.Take(takerSide, Amount(), fair);
        }
        else
        {
            book.Cancel(stale.Queue[0]);
        }
    }

    private void Take(Side side, long amount)
    {
        var resting = book.On(side == Side.Bid ? Side.Ask : Side.Bid);
        if (resting.Count > MostLevelsTaken)
        {
            book.Take(side, amount, resting[MostLevelsTaken - 1].Price);
        }
    }

    private void Place(Side side, long fair)
    {
        if (book.On(side).Count >= _rules.MaxLevels + _rules.FarLevels)
        {
            Withdraw(book.On(side)[book.On(side).Count - 1 - _rules.FarLevels].Queue[0]);
            return;
        }

        var reach = random.Chance(450) ? _rules.SpanTicks / 25 : random.Chance(600) ? _rules.SpanTicks / 4 : _rules.SpanTicks;
        var away = (_rules.HalfSpreadTicks + random.Below(Math.Max(2, reach))) * _rules.Tick;
        var price = side == Side.Bid ? fair - away : fair + away;
        if (price > 0 && !book.WouldCross(side, price))
        {
            book.Place(side, price, Amount());
        }
    }

    /// <summary>An order behind the touch, at a price of its own, that is gone before anybody sees it: the orphan deletes of diff streams.</summary>
    private void Flicker(long fair)
    {
        var side = AnySide();
        var away = (_rules.HalfSpreadTicks + _rules.SpanTicks / 25 + random.Below(_rules.SpanTicks)) * _rules.Tick;
        var price = side == Side.Bid ? fair - away : fair + away;
        var isBehind = book.On(side).Best is { } best && book.On(side).IsBetter(best.Price, price);
        if (price > 0 && isBehind && book.On(side).Find(price) is null)
        {
            book.Cancel(book.Place(side, price, Amount()));
        }
    }

    private void Withdraw(RestingOrder order)
    {
        if (!order.IsOwned)
        {
            book.Cancel(order);
        }
    }

    private Side AnySide() => random.Chance(500) ? Side.Bid : Side.Ask;

    /// <summary>Mostly around the usual size, seldom many times that, always whole lots.</summary>
    private long Amount()
    {
        var amount = _rules.TypicalQuantity * random.Between(10, 200) / 100 << random.Halvings(5);
        return Math.Max(1, amount / _rules.Lot) * _rules.Lot;
    }
}
