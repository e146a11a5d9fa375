namespace Omnibook.History.Recording;

/// <summary>What stands before each event of a recorded batch. The numbers are in files and never change.</summary>
internal enum EventKind : byte
{
    End = 0,
    Trade = 1,
    Snapshot = 2,
    Update = 3,
    Top = 4,
    Mark = 5,
    Funding = 6,
    OpenInterest = 7,
    Liquidation = 8,
    News = 9,
    Candle = 10,
    Status = 11,
    Tick = 12,
}

/// <summary>What stands before each thing of a recording. The numbers are in files and never change.</summary>
internal enum ItemKind : byte
{
    /// <summary>A process begins: an empty market.</summary>
    Begin = 1,

    /// <summary>Instruments were listed: the number of the first, and what the venues say of them.</summary>
    Instruments = 2,

    /// <summary>Events that were applied together.</summary>
    Batch = 3,

    /// <summary>So many things before this were not recorded.</summary>
    Hole = 4,

    /// <summary>The market as it is now, without its books, of which so many follow.</summary>
    Checkpoint = 5,

    /// <summary>A book of the checkpoint.</summary>
    Book = 6,

    Follow = 7,
    BeginComparison = 8,
    EndComparison = 9,
    Compare = 10,
    Relist = 11,
}
