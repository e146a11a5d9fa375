namespace Omnibook.Venues;

/// <summary>Where a venue is. Both are configurable; the simulators take the venue's place by these two.</summary>
/// <param name="Rest">Base address of the REST host: <c>https://fapi.binance.com/</c>.</param>
/// <param name="Socket">Base address of the sockets: <c>wss://fstream.binance.com/</c>.</param>
public sealed record VenueAddresses(Uri Rest, Uri Socket)
{
    /// <summary>The key of an account there, for a venue that gives more to those who have one; null for none. Never shown.</summary>
    public string? Key { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Rest} {Socket}";
}
