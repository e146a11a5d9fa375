namespace Omnibook.Simulator.Markets;

/// <summary>What was traded in one interval. Prices and quantities in the market's units; <see cref="Quote"/> in units of both scales multiplied.</summary>
internal readonly record struct Candle(
    long OpenTime, long Open, long High, long Low, long Close, long Volume, long TakerBuyVolume,
    decimal Quote, decimal TakerBuyQuote, int Trades, long FirstTrade, long LastTrade)
{
    /// <summary>An interval without trades at the last price. Trade ids are -1, as Binance writes them.</summary>
    public static Candle Flat(long openTime, long price) => new(openTime, price, price, price, price, 0, 0, 0, 0, 0, -1, -1);

    /// <summary>The candle with one more trade.</summary>
    public Candle With(in MarketTrade trade)
    {
        var taken = trade.TakerSide == Core.Instruments.Side.Bid;
        var quote = (decimal)trade.Price * trade.Quantity;
        return this with
        {
            Open = Trades == 0 ? trade.Price : Open,
            High = Trades == 0 ? trade.Price : Math.Max(High, trade.Price),
            Low = Trades == 0 ? trade.Price : Math.Min(Low, trade.Price),
            Close = trade.Price,
            Volume = Volume + trade.Quantity,
            TakerBuyVolume = TakerBuyVolume + (taken ? trade.Quantity : 0),
            Quote = Quote + quote,
            TakerBuyQuote = TakerBuyQuote + (taken ? quote : 0),
            Trades = Trades + 1,
            FirstTrade = Trades == 0 ? trade.Id : FirstTrade,
            LastTrade = trade.Id,
        };
    }

    /// <summary>This candle and the one after it as one that opens at <paramref name="openTime"/>.</summary>
    public Candle Join(in Candle later, long openTime)
    {
        if (Trades == 0 || later.Trades == 0)
        {
            var only = Trades == 0 ? later : this;
            return only with { OpenTime = openTime };
        }

        return new Candle(
            openTime, Open, Math.Max(High, later.High), Math.Min(Low, later.Low), later.Close,
            Volume + later.Volume, TakerBuyVolume + later.TakerBuyVolume, Quote + later.Quote,
            TakerBuyQuote + later.TakerBuyQuote, Trades + later.Trades, FirstTrade, later.LastTrade);
    }
}
