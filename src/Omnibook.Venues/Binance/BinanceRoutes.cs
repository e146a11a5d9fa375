using System.Diagnostics.CodeAnalysis;
using System.Text;
using Omnibook.Core.Derived;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Binance;

/// <summary>
/// Which stream of which instrument is taken. An instrument of the plan is taken from the planned streams alone; one that
/// is only learned from a replay is taken, channel by channel, from the stream that came first: two diff streams of one
/// book would break each other's chain, and <c>trade</c> beside <c>aggTrade</c> would count every trade twice.
/// </summary>
internal sealed class BinanceRoutes
{
    private readonly SymbolTable _symbols;
    private Routes?[] _routes = [];

    public BinanceRoutes(ConnectionPlan plan, Func<string, Instrument?>? unknown)
    {
        _symbols = new SymbolTable(plan.Streams.Select(stream => stream.Instrument), unknown);
        for (var i = 0; i < plan.Streams.Count; i++)
        {
            var stream = plan.Streams[i];
            var kind = BinanceStreamNames.EventOf(stream.Name);
            var routes = RoutesOf(stream.Instrument) ?? Add(stream.Instrument, new Routes { IsPlanned = true });
            routes.Of(kind, stream.Interval) = new Route(kind, Encoding.UTF8.GetBytes(stream.Name), i);
        }
    }

    /// <summary>Finds the instrument and the stream of an event whose route is settled already; asks and settles nothing.</summary>
    public bool TryFind(in BinanceFields fields, [NotNullWhen(true)] out Instrument? instrument, out int stream)
    {
        stream = -1;
        if (!_symbols.TryFindKnown(fields.Symbol, out instrument) || RoutesOf(instrument) is not { } routes)
        {
            return false;
        }

        ref var route = ref routes.Of(fields.Event, fields.Interval);
        stream = route.Stream;
        return route.Takes(fields.Event, fields.Stream);
    }

    /// <summary>The same, and settles the route of an instrument that is learned. False when the event is not to be taken.</summary>
    public bool TryFindOrLearn(in BinanceFields fields, [NotNullWhen(true)] out Instrument? instrument, out int stream)
    {
        stream = -1;

        // Candles of a length that nobody here knows, such as 1s, are nobody's.
        if (!_symbols.TryFind(fields.Symbol, out instrument) || (fields.Event == BinanceEvent.Kline && fields.Interval is null))
        {
            return false;
        }

        var routes = RoutesOf(instrument) ?? Add(instrument, new Routes());
        ref var route = ref routes.Of(fields.Event, fields.Interval);
        if (route.Event == BinanceEvent.None && !routes.IsPlanned && BinanceStreamNames.Carries(fields.Stream, fields.Event))
        {
            route = new Route(fields.Event, fields.Stream.ToArray(), -1);
        }

        stream = route.Stream;
        return route.Takes(fields.Event, fields.Stream);
    }

    private Routes? RoutesOf(Instrument instrument) => instrument.Id.Index < _routes.Length ? _routes[instrument.Id.Index] : null;

    private Routes Add(Instrument instrument, Routes routes)
    {
        if (instrument.Id.Index >= _routes.Length)
        {
            Array.Resize(ref _routes, Math.Max(instrument.Id.Index + 1, _routes.Length * 2));
        }

        return _routes[instrument.Id.Index] = routes;
    }

    /// <summary>A frame without an envelope names no stream; its event alone has to fit.</summary>
    private readonly record struct Route(BinanceEvent Event, byte[] Name, int Stream)
    {
        public bool Takes(BinanceEvent kind, ReadOnlySpan<byte> name) => kind == Event && (name.IsEmpty || name.SequenceEqual(Name));
    }

    private sealed class Routes
    {
        private static readonly Route None = new(BinanceEvent.None, [], -1);
        private readonly Route[] _channels = [.. Enumerable.Repeat(None, Enum.GetValues<Channel>().Length)];
        private Route[] _candles = [];

        public bool IsPlanned { get; init; }

        /// <summary>The one route of a channel; of candles one for each interval.</summary>
        public ref Route Of(BinanceEvent kind, CandleInterval? interval)
        {
            if (interval is null)
            {
                return ref _channels[(int)BinanceEventNames.ChannelOf(kind)];
            }

            if (_candles.Length == 0)
            {
                _candles = [.. Enumerable.Repeat(None, CandleInterval.All.Count)];
            }

            return ref _candles[interval.Ordinal];
        }
    }
}
