using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline.Demand;

namespace Omnibook.Server.Apis.MarketData.Live;

/// <summary>How the dialect has something followed for as long as somebody listens.</summary>
/// <param name="Follow">Follows the trades and liquidations of an instrument; refuses with <see cref="DemandRefusedException"/>.</param>
/// <param name="FollowCandles">Follows the candles of an instrument; refuses with <see cref="DemandRefusedException"/>.</param>
/// <param name="HasStoodSince">Whether a stream of candles has stood without a break since a moment.</param>
internal sealed record MarketFollowing(
    Func<InstrumentListing, MarketLease> Follow,
    Func<InstrumentListing, CandleInterval, MarketLease> FollowCandles,
    Func<Instrument, CandleInterval, Timestamp, bool> HasStoodSince);
