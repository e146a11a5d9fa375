using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Trades;

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

    /// <summary>Trades of an instrument may be missing, and are going to be fetched.</summary>
    /// <param name="instrument">Which.</param>
    /// <param name="last">The last trade before them.</param>
    /// <param name="at">When that was noticed, by our clock.</param>
    void OnUnsettled(InstrumentId instrument, SeenTrade last, Timestamp at);

    /// <summary>Everything that may have been missing of an instrument was fetched, or is missing for good.</summary>
    /// <param name="instrument">Which.</param>
    /// <param name="at">When, by our clock.</param>
    void OnSettled(InstrumentId instrument, Timestamp at);
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

    /// <inheritdoc />
    public virtual void OnUnsettled(InstrumentId instrument, SeenTrade last, Timestamp at)
    {
    }

    /// <inheritdoc />
    public virtual void OnSettled(InstrumentId instrument, Timestamp at)
    {
    }
}
