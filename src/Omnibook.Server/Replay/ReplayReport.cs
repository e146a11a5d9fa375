namespace Omnibook.Server.Replay;

/// <summary>What a replay came to.</summary>
/// <param name="Venue">The dialect of the frames.</param>
/// <param name="Files">The captures, in the order in which they were read.</param>
/// <param name="Messages">Texts read, those that we sent left out.</param>
/// <param name="Data">Of them, market data.</param>
/// <param name="Snapshots">Of them, books over REST.</param>
/// <param name="Control">Of them, acknowledgements and signs of life.</param>
/// <param name="Unknown">Of them, well formed but nothing that is translated.</param>
/// <param name="Malformed">Of them, not readable.</param>
/// <param name="Levels">Book levels in them.</param>
/// <param name="Gaps">Updates that did not follow the one before, over all books.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="MessagesPerSecond">Messages by seconds.</param>
/// <param name="Books">Every book, by symbol.</param>
/// <param name="Trades">The trades of every instrument that had any, by symbol.</param>
internal sealed record ReplayReport(
    string Venue,
    IReadOnlyList<string> Files,
    long Messages,
    long Data,
    long Snapshots,
    long Control,
    long Unknown,
    long Malformed,
    long Levels,
    long Gaps,
    double Seconds,
    double MessagesPerSecond,
    IReadOnlyDictionary<string, BookReport> Books,
    IReadOnlyDictionary<string, TradeReport> Trades);

/// <summary>A book at the end. Amounts are shortest exact decimals; levels are price and quantity.</summary>
/// <param name="State">How far it could be trusted when the last frame had been applied.</param>
/// <param name="MessagesApplied">Messages of the socket that changed it.</param>
/// <param name="BidLevels">How many bids.</param>
/// <param name="AskLevels">How many asks.</param>
/// <param name="BestBid">The highest bid; null when there is none.</param>
/// <param name="BestAsk">The lowest ask; null when there is none.</param>
/// <param name="Top10Bids">The ten best bids.</param>
/// <param name="Top10Asks">The ten best asks.</param>
/// <param name="Sha256AllLevels">The fingerprint of every level.</param>
/// <param name="CrossedAfterMessage">Messages after which the best bid was not below the best ask.</param>
/// <param name="DeletesOfAbsentLevel">Deletes of levels that were not there.</param>
/// <param name="Gaps">Updates that did not follow the one before.</param>
/// <param name="Resyncs">Times that the book had to begin anew.</param>
internal sealed record BookReport(
    string State,
    long MessagesApplied,
    int BidLevels,
    int AskLevels,
    IReadOnlyList<string>? BestBid,
    IReadOnlyList<string>? BestAsk,
    IReadOnlyList<IReadOnlyList<string>> Top10Bids,
    IReadOnlyList<IReadOnlyList<string>> Top10Asks,
    string Sha256AllLevels,
    long CrossedAfterMessage,
    long DeletesOfAbsentLevel,
    long Gaps,
    long Resyncs);

/// <summary>The trades of one instrument. Amounts are shortest exact decimals.</summary>
/// <param name="Count">How many, each once.</param>
/// <param name="Base">Base assets traded.</param>
/// <param name="Quote">Quote assets paid.</param>
/// <param name="FirstId">The first trade's number.</param>
/// <param name="LastId">The last trade's number.</param>
/// <param name="BuyerMaker">How many had the buyer resting in the book: the taker sold.</param>
internal sealed record TradeReport(long Count, string Base, string Quote, long FirstId, long LastId, long BuyerMaker);
