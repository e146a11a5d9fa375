namespace Omnibook.Simulator;

/// <summary>Where a simulated venue listens.</summary>
/// <param name="Key">The venue's key, as the server's configuration spells it.</param>
/// <param name="Rest">The base of its REST interface.</param>
/// <param name="Socket">The base of its WebSocket interface, without a path.</param>
public sealed record SimulatedVenueAddress(string Key, Uri Rest, Uri Socket);
