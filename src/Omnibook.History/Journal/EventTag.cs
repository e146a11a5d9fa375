namespace Omnibook.History.Journal;

/// <summary>The first byte of each event: what it is in the low three bits, and what of it is as might be expected.</summary>
internal static class EventTag
{
    public const int Trade = 0;
    public const int Mark = 1;
    public const int Funding = 2;
    public const int OpenInterest = 3;
    public const int Liquidation = 4;
    public const int Book = 5;
    public const int News = 6;

    /// <summary>The byte after it says which of the rare kinds.</summary>
    public const int Other = 7;

    /// <summary>Trades that cannot be had any more.</summary>
    public const int MissingTrades = 0;

    /// <summary>Nobody follows the instrument any more.</summary>
    public const int Unfollowed = 1;

    /// <summary>Trades may be missing, and are being fetched.</summary>
    public const int Unsettled = 2;

    /// <summary>What was missing was fetched, or is missing for good.</summary>
    public const int Settled = 3;

    /// <summary>Which kind.</summary>
    public const int KindMask = 0x07;

    /// <summary>The taker (of a liquidation: the order) sold.</summary>
    public const int Sell = 0x08;

    /// <summary>It is of another instrument than the event before.</summary>
    public const int OtherInstrument = 0x10;

    /// <summary>The trade's number is not one more than that of the instrument's trade before.</summary>
    public const int OtherNumber = 0x20;

    /// <summary>The price is not that of the instrument's event before.</summary>
    public const int OtherPrice = 0x40;

    /// <summary>Its two times are not those of the event before.</summary>
    public const int OtherTimes = 0x80;

    /// <summary>Venues mostly tell milliseconds.</summary>
    public const long VenueTimeUnit = 1_000_000;

    /// <summary>Our clock counts so many nanoseconds.</summary>
    public const long ReceivedAtUnit = 100;
}
