using Omnibook.Core;
using Omnibook.Core.Events;

namespace Omnibook.Server.Pipeline;

/// <summary>Somebody who is told everything that is done to the market, in order, on its own thread: what comes of it can be had again from that alone.</summary>
internal interface IMarketTap
{
    /// <summary>Events were applied together.</summary>
    /// <returns>True when the batch is kept, to be given back to the loop later.</returns>
    bool OnBatch(Market market, EventBatch batch);

    /// <summary>A command was given.</summary>
    void OnCommand(MarketCommand command);
}

/// <summary>
/// Somebody who looks at the market after every batch, on its own thread: what is seen depends on the events alone, and not on how many of them
/// happened to come together.
/// </summary>
internal interface IMarketStep
{
    /// <summary>A batch was applied. It must be quick, and must keep no reference to the market.</summary>
    void OnStep(Market market);
}
