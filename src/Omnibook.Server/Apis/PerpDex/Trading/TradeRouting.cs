using Omnibook.Core.Routing;
using Omnibook.Server.Apis.PerpDex.Prices;

namespace Omnibook.Server.Apis.PerpDex.Trading;

/// <summary>Where an order should go.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Prices">What it cost at that moment; its middle is what slippage is reckoned against.</param>
/// <param name="Advice">The dexes, the best first.</param>
/// <param name="Took">How long it took to find out.</param>
internal sealed record TradeRouting(PerpPair Pair, PriceReading Prices, VenueRecommendation Advice, TimeSpan Took)
{
    /// <summary>The best dex.</summary>
    public VenueQuote Best => Advice.Recommended;

    /// <summary>How much of an order is filled there now; all of one that would rest once it is.</summary>
    public decimal FilledOf(TradeRequest request) => Advice.IsResting ? request.Size : Math.Min(request.Size, Best.FillableSize);

    /// <summary>What the best dex costs an order.</summary>
    public ExecutionEstimate Estimate(TradeRequest request) => new(new ExecutionTerms
    {
        Side = request.Side,
        FillPrice = Best.FillPrice!.Value,
        Size = FilledOf(request),
        Mid = Advice.IsResting ? Best.FillPrice.Value : Advice.Mid,
        FeeBps = Best.FeeBps,
        Leverage = request.Leverage,
        HourlyFundingRate = Prices.Sources.FirstOrDefault(source => source.Dex == Best.Instrument.Venue.Key)?.HourlyRate,
        HoldingHours = request.HoldingHours,
        MaintenanceFraction = request.MaintenanceFraction,
    });

    /// <summary>What a person should know before sending such an order.</summary>
    public IReadOnlyList<string> Warnings(TradeRequest request)
    {
        var warnings = new List<string>();
        if (Best.Slippage > request.SlippageTolerance)
        {
            warnings.Add(FormattableString.Invariant($"the slippage of {Best.Slippage:0.########} is above the tolerance of {request.SlippageTolerance}"));
        }

        if (!Best.IsComplete && !Advice.IsResting)
        {
            warnings.Add(FormattableString.Invariant($"only {Best.FillableSize:0.########} of {request.Size:0.########} can be filled at {Best.Instrument.Venue} now; the figures are of that part"));
        }

        if (Advice.IsResting)
        {
            warnings.Add("no offer is within the limit: the order would rest, and the maker's fee counts");
        }

        if (Prices.Sources.Count == 1)
        {
            warnings.Add($"only {Prices.Sources[0].Dex} shows a fresh price: nothing can be compared");
        }

        return [.. warnings, .. Prices.Warnings];
    }
}
