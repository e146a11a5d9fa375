namespace Omnibook.Simulator.BinanceUsdm;

/// <summary>Decides when USD-M futures send what, and sends what only they have.</summary>
internal sealed class UsdmPublisher(UsdmVenue venue)
{
    private long Now => venue.Schedule.Milliseconds;

    /// <summary>Begins the periodic streams. All periods begin at multiples of themselves.</summary>
    public void Start()
    {
        Every(100, () => ForEach(market =>
        {
            venue.Publisher.CloseAggregate(market);
            venue.Publisher.FlushDepth(market, market.Diffs[0]);
        }));
        Every(250, () =>
        {
            ForEach(market => venue.Publisher.FlushDepth(market, market.Diffs[1]));
            venue.Publisher.PublishKlines();
        });
        Every(500, () => ForEach(market => venue.Publisher.FlushDepth(market, market.Diffs[2])));
        Every(1000, OnSecond);
        Every(2000, () => ForEach(venue.Publisher.PublishTickers));
        Every(3000, () => PublishMarks(""));
        Every(5000, () => ForEach(market => venue.Publisher.PublishTop("!bookTicker", market, market.Market.Oracle.LastSequence)));
    }

    /// <summary>A contract's status changed.</summary>
    public void OnContract(UsdmMarket market) =>
        venue.Publisher.Publish("!contractInfo", writer => UsdmFrames.ContractInfo(writer, market, Now));

    private void OnSecond()
    {
        PublishMarks("@1s");
        ForEach(PublishForcedOrder);
        venue.Publisher.PublishTickerArray("!ticker@arr", isMini: false);
        venue.Publisher.PublishTickerArray("!miniTicker@arr", isMini: true);
        venue.Publisher.CloseOld();
    }

    private void PublishMarks(string speed)
    {
        ForEach(market => venue.Publisher.Publish($"{market.Stream}@markPrice{speed}", writer => UsdmFrames.MarkPrice(writer, market, Now)));
        venue.Publisher.PublishArray(
            "!markPrice@arr" + speed, venue.Contracts.Values, (writer, market) => UsdmFrames.MarkPrice(writer, market, Now));
    }

    private void PublishForcedOrder(UsdmMarket market)
    {
        if (market.Forced.Take() is not { } order)
        {
            return;
        }

        foreach (var stream in (ReadOnlySpan<string>)[market.Stream + "@forceOrder", "!forceOrder@arr"])
        {
            venue.Publisher.Publish(stream, writer => UsdmFrames.ForcedOrder(writer, market, order, Now));
        }
    }

    private void Every(int milliseconds, Action action) => venue.Schedule.Every(TimeSpan.FromMilliseconds(milliseconds), action);

    private void ForEach(Action<UsdmMarket> action)
    {
        foreach (var market in venue.Contracts.Values)
        {
            action(market);
        }
    }
}
