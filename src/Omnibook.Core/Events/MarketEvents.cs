using Omnibook.Core.Books;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Events;

/// <summary>The two clocks of every event.</summary>
/// <param name="VenueTime">When it happened, by the venue's clock; unknown when the venue does not say.</param>
/// <param name="ReceivedAt">When its frame was read from the socket, by our clock.</param>
public readonly record struct EventTimes(Timestamp VenueTime, Timestamp ReceivedAt);

/// <summary>Who crossed the spread.</summary>
public enum TakerSide
{
    /// <summary>The taker bought: the trade lifted an ask.</summary>
    Buy,

    /// <summary>The taker sold: the trade hit a bid.</summary>
    Sell,
}

/// <summary>A price level of one side of a book.</summary>
/// <param name="Price">The level's price.</param>
/// <param name="Quantity">The whole quantity that rests there; zero deletes the level.</param>
/// <param name="Orders">How many orders rest there; 0 when the venue does not say.</param>
public readonly record struct Level(Price Price, Quantity Quantity, int Orders = 0);

/// <summary>A trade.</summary>
/// <param name="Instrument">What was traded.</param>
/// <param name="TradeId">The venue's number of the trade: its identity within the instrument.</param>
/// <param name="Price">The price paid.</param>
/// <param name="Quantity">How much of the base asset.</param>
/// <param name="TakerSide">Who crossed the spread.</param>
/// <param name="Times">The two clocks.</param>
public readonly record struct Trade(
    InstrumentId Instrument, long TradeId, Price Price, Quantity Quantity, TakerSide TakerSide, EventTimes Times);

/// <summary>A whole book, or the whole of what the venue shows of it. Its levels travel beside it.</summary>
/// <param name="Instrument">Whose book.</param>
/// <param name="Sequence">The sequence number up to which the book is complete.</param>
/// <param name="Times">The two clocks.</param>
/// <param name="RestartsSequence">
/// True when the venue began to count anew, or says that this book replaces whatever was there: it is taken even by a live
/// book whose sequence number is higher. Otherwise a snapshot older than a live book is stale.
/// </param>
public readonly record struct BookSnapshot(
    InstrumentId Instrument, long Sequence, EventTimes Times, bool RestartsSequence = false);

/// <summary>A change of a book: absolute quantities of some levels. Its levels travel beside it.</summary>
/// <param name="Instrument">Whose book.</param>
/// <param name="First">First sequence number that the update covers.</param>
/// <param name="Last">Last sequence number that the update covers.</param>
/// <param name="Times">The two clocks.</param>
public readonly record struct BookUpdate(InstrumentId Instrument, long First, long Last, EventTimes Times);

/// <summary>The best bid and ask as a venue announces them apart from the book.</summary>
/// <param name="Instrument">Whose top of book.</param>
/// <param name="Sequence">The book's sequence number at that moment.</param>
/// <param name="Bid">The best bid; quantity zero when there is none.</param>
/// <param name="Ask">The best ask; quantity zero when there is none.</param>
/// <param name="Times">The two clocks.</param>
public readonly record struct TopOfBook(InstrumentId Instrument, long Sequence, Level Bid, Level Ask, EventTimes Times);

/// <summary>The mark price of a perpetual, with what the venue sends beside it. Prices are in units of <see cref="DerivedScales.Price"/>.</summary>
/// <param name="Instrument">Which perpetual.</param>
/// <param name="Mark">The price at which the venue values positions.</param>
/// <param name="Index">The index (oracle) price; zero when unknown.</param>
/// <param name="Times">The two clocks.</param>
public readonly record struct MarkPrice(InstrumentId Instrument, Price Mark, Price Index, EventTimes Times);

/// <summary>The funding rate that a perpetual will pay next.</summary>
/// <param name="Instrument">Which perpetual.</param>
/// <param name="RateUnits">The rate for one interval, in units of <see cref="DerivedScales.Rate"/>; positive when longs pay.</param>
/// <param name="NextAt">When it is paid; unknown when the venue does not say.</param>
/// <param name="Interval">How long one interval is; zero when the venue does not say.</param>
/// <param name="Times">The two clocks.</param>
public readonly record struct Funding(
    InstrumentId Instrument, long RateUnits, Timestamp NextAt, TimeSpan Interval, EventTimes Times);

/// <summary>How much of a derivative is held open.</summary>
/// <param name="Instrument">Which instrument.</param>
/// <param name="Quantity">Base assets, one side counted, in the instrument's quantity scale.</param>
/// <param name="Times">The two clocks.</param>
public readonly record struct OpenInterest(InstrumentId Instrument, Quantity Quantity, EventTimes Times);

/// <summary>A position that the venue closed by force.</summary>
/// <param name="Instrument">Which instrument.</param>
/// <param name="OrderSide">The side of the liquidating order: <see cref="TakerSide.Sell"/> closes a long.</param>
/// <param name="Price">The average price of the fills.</param>
/// <param name="Quantity">How much was filled.</param>
/// <param name="Times">The two clocks.</param>
public readonly record struct Liquidation(
    InstrumentId Instrument, TakerSide OrderSide, Price Price, Quantity Quantity, EventTimes Times);

/// <summary>What the feed has to say of an instrument's book: connected, refused, limited, silent.</summary>
/// <param name="Instrument">Whose book.</param>
/// <param name="State">The state that the book goes to.</param>
/// <param name="Reason">A stable code of <see cref="StatusReasons"/>.</param>
/// <param name="Until">Until when, where the venue says so; otherwise unknown.</param>
/// <param name="At">When, by our clock.</param>
public readonly record struct VenueStatus(
    InstrumentId Instrument, BookState State, string Reason, Timestamp Until, Timestamp At);

/// <summary>Time goes on. The only way in which the market learns of it.</summary>
/// <param name="At">Our clock.</param>
public readonly record struct Tick(Timestamp At);
