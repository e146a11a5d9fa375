namespace Omnibook.Venues;

/// <summary>Where a venue is. Both are configurable; the simulators take the venue's place by these two.</summary>
/// <param name="Rest">Base address of the REST host: <c>https://fapi.binance.com/</c>.</param>
/// <param name="Socket">Base address of the sockets: <c>wss://fstream.binance.com/</c>.</param>
public sealed record VenueAddresses(Uri Rest, Uri Socket);
