using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.History.Journal;

/// <summary>
/// Something that takes what a journal holds: the market's events, and what only a journal tells. A book snapshot is the book at a full
/// minute, which both of its times say, cut to the depth that is kept.
/// </summary>
public interface IJournalEvents : IMarketEvents
{
    /// <summary>Trades are missing for good.</summary>
    void On(MissingTrades missing);

    /// <summary>Nobody followed an instrument any more: what comes of it later does not follow what came before.</summary>
    /// <param name="instrument">Which.</param>
    /// <param name="at">When, by our clock.</param>
    void OnUnfollowed(InstrumentId instrument, Timestamp at);
}

/// <summary>Takes some of what a journal holds and lets the rest pass.</summary>
public abstract class JournalObserver : EventObserver, IJournalEvents
{
    /// <inheritdoc />
    public virtual void On(MissingTrades missing)
    {
    }

    /// <inheritdoc />
    public virtual void OnUnfollowed(InstrumentId instrument, Timestamp at)
    {
    }
}
