using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.MarketData.Live;

/// <summary>The large trades and the liquidations of every exchange in two topics. Test networks are left out: what happens there is nobody's money.</summary>
internal sealed class EverythingStream(MarketLoop loop, InstrumentCatalog catalog, FramePool frames, StreamCounters counters) : IMarketListener, IHostedService
{
    private readonly FrameWriter _writer = new(frames);
    private readonly Dictionary<VenueId, string> _names =
        ExchangeName.All.Where(exchange => !exchange.IsTest).ToDictionary(exchange => exchange.Venue, exchange => exchange.Name);

    /// <summary>Trades that are worth enough for somebody.</summary>
    public Topic LargeTrades { get; } = new("marketdata.all.large_trades", OutboxPolicy.DropOldest, counters);

    /// <summary>Forced orders that are worth enough for somebody.</summary>
    public Topic Liquidations { get; } = new("marketdata.all.liquidations", OutboxPolicy.DropOldest, counters);

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        loop.Subscribe(this);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public void OnChanges(Market market, MarketChanges changes)
    {
        for (var i = 0; i < changes.Trades.Count && LargeTrades.Followers > 0; i++)
        {
            Tell(changes.Trades[i]);
        }

        for (var i = 0; i < changes.Liquidations.Count && Liquidations.Followers > 0; i++)
        {
            Tell(changes.Liquidations[i]);
        }
    }

    private void Tell(in Trade trade)
    {
        var instrument = catalog[trade.Instrument];
        if (_names.TryGetValue(instrument.Venue, out var exchange)
            && Worth.Of(EventWriter.ValueOf(trade.Price, trade.Quantity, instrument)) >= LargeTrades.LeastWorth)
        {
            LargeTrades.Publish(EventWriter.LargeTrade(_writer, exchange, instrument.Symbol, trade, instrument), greets: false);
        }
    }

    private void Tell(in Liquidation liquidation)
    {
        var instrument = catalog[liquidation.Instrument];
        if (_names.TryGetValue(instrument.Venue, out var exchange))
        {
            Liquidations.Publish(EventWriter.Liquidation(_writer, exchange, instrument.Symbol, liquidation, instrument), greets: false);
        }
    }
}
