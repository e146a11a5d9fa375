namespace Omnibook.Core.Events;

/// <summary>Something that takes market events, one at a time, in order. Levels are only valid during the call.</summary>
public interface IMarketEvents
{
    /// <summary>A trade happened.</summary>
    void On(in Trade trade);

    /// <summary>A whole book came.</summary>
    /// <param name="snapshot">Whose, and up to where.</param>
    /// <param name="bids">Every bid, in any order.</param>
    /// <param name="asks">Every ask, in any order.</param>
    void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks);

    /// <summary>Some levels of a book changed.</summary>
    /// <param name="update">Whose, and which numbers it covers.</param>
    /// <param name="bids">Changed bids with their new absolute quantities.</param>
    /// <param name="asks">Changed asks with their new absolute quantities.</param>
    void On(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks);

    /// <summary>The venue announced its best bid and ask.</summary>
    void On(in TopOfBook top);

    /// <summary>The mark price was published.</summary>
    void On(in MarkPrice mark);

    /// <summary>The next funding rate was published.</summary>
    void On(in Funding funding);

    /// <summary>Open interest was published.</summary>
    void On(in OpenInterest openInterest);

    /// <summary>A position was closed by force.</summary>
    void On(in Liquidation liquidation);

    /// <summary>A piece of news came. It may be kept: it is nobody's to change.</summary>
    void On(NewsItem news);

    /// <summary>A candle went on, or is over.</summary>
    void On(in CandleUpdate candle);

    /// <summary>The feed of an instrument changed its state.</summary>
    void On(in VenueStatus status);

    /// <summary>Time went on.</summary>
    void On(in Tick tick);
}
