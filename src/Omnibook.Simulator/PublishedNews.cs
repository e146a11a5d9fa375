namespace Omnibook.Simulator;

/// <summary>An item of news that a simulated venue has published.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Milliseconds">When, Unix milliseconds of the simulator's clock.</param>
public readonly record struct PublishedNews(string Id, long Milliseconds);
