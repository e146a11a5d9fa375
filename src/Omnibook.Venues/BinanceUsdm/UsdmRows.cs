using Omnibook.Core.Events;

namespace Omnibook.Venues.BinanceUsdm;

/// <summary>Prices and the next funding of a contract.</summary>
/// <param name="Symbol">The contract.</param>
/// <param name="Mark">The price at which positions are valued.</param>
/// <param name="Index">The index price.</param>
/// <param name="FundingRate">The running estimate of the next funding, a fraction, under the name <c>lastFundingRate</c>; null for dated contracts.</param>
/// <param name="NextFundingAt">When it is paid; unknown for dated contracts.</param>
/// <param name="Time">When this was so.</param>
public sealed record UsdmPremium(string Symbol, decimal Mark, decimal Index, decimal? FundingRate, Timestamp NextFundingAt, Timestamp Time);

/// <summary>A funding that was paid.</summary>
/// <param name="Symbol">The contract.</param>
/// <param name="Rate">The rate, a fraction.</param>
/// <param name="Time">When.</param>
public sealed record UsdmFunding(string Symbol, decimal Rate, Timestamp Time);

/// <summary>The figures of 24 hours.</summary>
/// <param name="Symbol">The contract.</param>
/// <param name="Last">Price of the last trade.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="BaseVolume">Base assets traded.</param>
/// <param name="QuoteVolume">Quote assets traded.</param>
/// <param name="Trades">How many trades.</param>
public sealed record UsdmTicker(
    string Symbol, decimal Last, decimal Open, decimal High, decimal Low, decimal BaseVolume, decimal QuoteVolume, long Trades);
