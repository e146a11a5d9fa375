using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Captures;

/// <summary>An instrument as a capture shows it.</summary>
/// <param name="Listing">Its listing, as far as it can be told from prices and quantities.</param>
/// <param name="HasBook">True when the capture holds its book.</param>
/// <param name="Lowest">The lowest price that was traded or quoted at the top, in units of the listing; zero when none was.</param>
/// <param name="Highest">The highest.</param>
public sealed record CapturedInstrument(InstrumentListing Listing, bool HasBook, Price Lowest, Price Highest);
