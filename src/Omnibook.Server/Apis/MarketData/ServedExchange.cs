using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.Data;

namespace Omnibook.Server.Apis.MarketData;

/// <summary>An exchange that this server follows, with what can be asked there.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Data">What can be asked, and how.</param>
/// <param name="Rest">Its REST host.</param>
/// <param name="Resolve">What a spelling means there; null as long as its instruments are not known.</param>
/// <param name="Pending">Why its instruments are not known yet, in words; empty once they are.</param>
internal sealed record ServedExchange(
    ExchangeName Name, VenueData Data, VenueRest Rest, Func<string, SymbolResolution>? Resolve, string Pending = "")
{
    /// <summary>Everything that it lists; empty as long as its instruments are not known.</summary>
    public IReadOnlyList<InstrumentListing> Listings { get; init; } = [];

    /// <summary>What it has.</summary>
    public VenueCapabilities Has => Data.Capabilities;
}

/// <summary>Where the dialect learns which exchanges are served.</summary>
/// <param name="Find">An exchange as it is now; null for one that the configuration leaves out.</param>
internal sealed record ExchangeSources(Func<ExchangeName, ServedExchange?> Find);

/// <summary>An instrument that somebody asked for.</summary>
/// <param name="Exchange">Where.</param>
/// <param name="Listing">Which.</param>
/// <param name="Echo">How the answer calls it.</param>
internal sealed record AskedInstrument(ServedExchange Exchange, InstrumentListing Listing, string Echo)
{
    /// <summary>The exchange's name.</summary>
    public string ExchangeName => Exchange.Name.Name;
}

/// <summary>Why something that was asked for is not there.</summary>
/// <param name="Status">404, or 503 where it may be there in a moment.</param>
/// <param name="Detail">What is wrong and what can be done, in a sentence.</param>
internal sealed record Refusal(int Status, string Detail)
{
    /// <summary>The same as an answer to a request.</summary>
    public IResult ToResult(HttpContext context) =>
        Status == StatusCodes.Status404NotFound ? ApiErrors.NotFound(context, Detail) : ApiErrors.Detail(Status, Detail);
}
