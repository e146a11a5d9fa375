using System.Diagnostics.CodeAnalysis;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Lighter;

/// <summary>Finds the market of a frame by the number in its channel, the only name that frames of all channels share.</summary>
internal sealed class LighterMarkets
{
    private readonly SymbolTable _symbols;
    private readonly LighterTapes _tapes;
    private LighterMarket?[] _markets = [];

    public LighterMarkets(ConnectionPlan plan, LighterTapes tapes, Func<string, Instrument?>? unknown)
    {
        _tapes = tapes;
        _symbols = new SymbolTable(plan.Streams.Select(stream => stream.Instrument), unknown);
        for (var i = 0; i < plan.Streams.Count; i++)
        {
            var (market, interval) = (MarketOf(plan.Streams[i].Instrument), plan.Streams[i].Interval);
            (interval is null ? ref market.StreamOf(plan.Streams[i].Channel) : ref market.StreamOf(interval)) = i;
        }
    }

    /// <summary>Finds a market that is known; asks nobody.</summary>
    public bool TryFindKnown(ReadOnlySpan<byte> number, [NotNullWhen(true)] out LighterMarket? market)
    {
        market = _symbols.TryFindKnown(number, out var instrument) ? MarketOf(instrument) : null;
        return market is not null;
    }

    /// <summary>Finds a market, or learns it.</summary>
    public bool TryFindOrLearn(ReadOnlySpan<byte> number, [NotNullWhen(true)] out LighterMarket? market)
    {
        market = _symbols.TryFind(number, out var instrument) ? MarketOf(instrument) : null;
        return market is not null;
    }

    private LighterMarket MarketOf(Instrument instrument)
    {
        var index = instrument.Id.Index;
        if (index >= _markets.Length)
        {
            Array.Resize(ref _markets, Math.Max(index + 1, _markets.Length * 2));
        }

        return _markets[index] ??= new LighterMarket(instrument, _tapes.Of(instrument.Listing.WireSymbol));
    }
}
