using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Binance;

/// <summary>One endpoint: what it weighs and what it answers.</summary>
/// <param name="Weight">From the parameters; null for the endpoints with a pool of their own.</param>
/// <param name="Answer">The answer.</param>
internal sealed record BinanceEndpoint(Func<RestCall, int>? Weight, Func<RestCall, RestAnswer> Answer)
{
    /// <summary>The pool, for endpoints without weight.</summary>
    public (string Family, int Limit) Pool { get; init; }
}
