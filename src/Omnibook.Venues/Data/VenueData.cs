using Omnibook.Core.Derived;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Data;

/// <summary>
/// What a venue answers when asked, in the terms of <see cref="Core.Derived"/>: one class per venue, which knows the venue's requests, its caps and its pages.
/// Every list is oldest first. Asking for what <see cref="Capabilities"/> does not offer is a mistake of the caller.
/// </summary>
public abstract class VenueData
{
    /// <summary>What can be asked.</summary>
    public abstract VenueCapabilities Capabilities { get; }

    /// <summary>Candles; the one that is still open is the last.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something that cannot be read.</exception>
    public virtual Task<IReadOnlyList<Candle>> CandlesAsync(
        VenueRest rest, InstrumentListing instrument, CandleInterval interval, DataRange range, CancellationToken cancellationToken) =>
        throw NotOffered("candles");

    /// <summary>Open interest now, with its worth.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something that cannot be read.</exception>
    public virtual Task<OpenInterestPoint> OpenInterestAsync(VenueRest rest, InstrumentListing instrument, CancellationToken cancellationToken) =>
        throw NotOffered("open interest");

    /// <summary>Open interest in the past.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something that cannot be read.</exception>
    public virtual Task<IReadOnlyList<OpenInterestPoint>> OpenInterestHistoryAsync(
        VenueRest rest, InstrumentListing instrument, CandleInterval step, DataRange range, CancellationToken cancellationToken) =>
        throw NotOffered("open interest of the past");

    /// <summary>Funding that was paid.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something that cannot be read.</exception>
    public virtual Task<IReadOnlyList<FundingPoint>> FundingHistoryAsync(
        VenueRest rest, InstrumentListing instrument, DataRange range, CancellationToken cancellationToken) =>
        throw NotOffered("funding of the past");

    /// <summary>What will be paid next: the venue's own forecast, and those of others where it shows them.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something that cannot be read.</exception>
    public virtual Task<IReadOnlyList<FundingForecast>> FundingForecastsAsync(
        VenueRest rest, InstrumentListing instrument, CancellationToken cancellationToken) =>
        throw NotOffered("funding of the future");

    /// <summary>Shares of long and short accounts.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something that cannot be read.</exception>
    public virtual Task<IReadOnlyList<LongShortPoint>> LongShortAsync(
        VenueRest rest, InstrumentListing instrument, CandleInterval step, DataRange range, CancellationToken cancellationToken) =>
        throw NotOffered("shares of long and short accounts");

    /// <summary>The figures of 24 hours, of one instrument or (null) of all.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something that cannot be read.</exception>
    public virtual Task<IReadOnlyList<DayTicker>> TickersAsync(
        VenueRest rest, InstrumentListing? instrument, CancellationToken cancellationToken) =>
        throw NotOffered("figures of 24 hours");

    /// <summary>The newest trades, as many as the venue gives in one answer but not more than <paramref name="limit"/>.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something that cannot be read.</exception>
    public virtual Task<IReadOnlyList<PastTrade>> RecentTradesAsync(
        VenueRest rest, InstrumentListing instrument, int limit, CancellationToken cancellationToken) =>
        throw NotOffered("recent trades");

    /// <summary>Trades from a number on, oldest first, as many as the venue gives in one answer.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something that cannot be read.</exception>
    public virtual Task<IReadOnlyList<PastTrade>> TradesFromAsync(
        VenueRest rest, InstrumentListing instrument, long firstId, CancellationToken cancellationToken) =>
        throw NotOffered("trades by number");

    private NotSupportedException NotOffered(string what) => new($"{GetType().Name} offers no {what}; see {nameof(Capabilities)}.");
}
