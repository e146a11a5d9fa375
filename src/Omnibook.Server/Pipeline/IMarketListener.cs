using Omnibook.Core;

namespace Omnibook.Server.Pipeline;

/// <summary>Somebody who is told what changed in the market.</summary>
internal interface IMarketListener
{
    /// <summary>
    /// Called on the market's own thread after each burst of events, before the changes are cleared. It must be quick, must not wait
    /// for anything, and must keep no reference to the market or the changes: both are only valid during the call.
    /// </summary>
    void OnChanges(Market market, MarketChanges changes);
}
