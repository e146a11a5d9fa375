namespace Omnibook.Venues;

/// <summary>A request to a venue's REST host, as data.</summary>
/// <param name="Path">Path and query, relative to the venue's REST address.</param>
/// <param name="Weight">What it costs of the venue's budget.</param>
/// <param name="Body">JSON to POST; null for a GET.</param>
public sealed record RestRequest(string Path, int Weight, ReadOnlyMemory<byte>? Body = null);
