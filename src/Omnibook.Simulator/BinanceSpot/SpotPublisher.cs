using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Faults;

namespace Omnibook.Simulator.BinanceSpot;

/// <summary>Decides when Spot sends what: depth each 100 and 1,000 ms, candles each 2 s, figures each second.</summary>
internal sealed class SpotPublisher(SpotVenue venue)
{
    /// <summary>How long before the end of a connection it is told; the venue names no time.</summary>
    private static readonly TimeSpan Warning = TimeSpan.FromSeconds(10);

    private long Now => venue.Schedule.Milliseconds;

    /// <summary>Begins the periodic streams. All periods begin at multiples of themselves.</summary>
    public void Start()
    {
        Every(100, () => ForEach(market => venue.Publisher.FlushDepth(market, market.Diffs[0])));
        Every(1000, OnSecond);
        Every(2000, venue.Publisher.PublishKlines);
    }

    /// <summary>
    /// The server is about to go: <c>{"e":"serverShutdown","E":1780000000000}</c> to every connection, which ends somewhat later.
    /// </summary>
    public void Shutdown()
    {
        var connections = venue.Connections.OfType<BinanceConnection>().ToList();
        foreach (var connection in connections)
        {
            var data = $"{{\"e\":\"serverShutdown\",\"E\":{Now}}}";
            connection.Send(FrameTag.Control, System.Text.Encoding.UTF8.GetBytes(
                connection.IsCombined ? $"{{\"stream\":\"!serverShutdown\",\"data\":{data}}}" : data));
        }

        venue.Schedule.After(Warning, () => connections.ForEach(static connection => connection.Close(1001, "")));
    }

    private void OnSecond()
    {
        ForEach(market =>
        {
            venue.Publisher.FlushDepth(market, market.Diffs[1]);
            venue.Publisher.FlushDepth(market, market.Diffs[2]);
            venue.Publisher.PublishTickers(market);
            venue.Publisher.Publish(market.Stream + "@avgPrice", writer => SpotFrames.AveragePrice(writer, market, Now));
        });
        venue.Publisher.PublishTickerArray("!miniTicker@arr", isMini: true);
        venue.Publisher.CloseOld();
    }

    private void Every(int milliseconds, Action action) => venue.Schedule.Every(TimeSpan.FromMilliseconds(milliseconds), action);

    private void ForEach(Action<BinanceMarket> action)
    {
        foreach (var market in venue.Symbols.Values)
        {
            action(market);
        }
    }
}
