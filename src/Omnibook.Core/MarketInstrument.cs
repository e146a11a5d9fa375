using Omnibook.Core.Books;
using Omnibook.Core.Consolidation;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Trades;

namespace Omnibook.Core;

/// <summary>Everything that a market knows of one instrument.</summary>
internal sealed class MarketInstrument(OrderBook book)
{
    /// <summary>Its book.</summary>
    public OrderBook Book { get; } = book;

    /// <summary>The composites that it belongs to.</summary>
    public List<ConsolidatedBook> Composites { get; } = [];

    /// <summary>Which of its trades were seen.</summary>
    public TradeDeduplicator TradeIds { get; } = new();

    /// <summary>Whether it is among the changes already.</summary>
    public bool IsMarked { get; set; }

    /// <summary>The last mark price.</summary>
    public MarkPrice? Mark { get; set; }

    /// <summary>The last funding rate.</summary>
    public Funding? Funding { get; set; }

    /// <summary>The last open interest.</summary>
    public OpenInterest? OpenInterest { get; set; }

    /// <summary>The newest candle of each interval that is followed.</summary>
    public NewestCandles Candles { get; } = new();

    /// <summary>The last announced top of book.</summary>
    public TopOfBook? Top { get; set; }

    /// <summary>The last trade.</summary>
    public Trade? LastTrade { get; set; }

    /// <summary>What an earlier process told, until somebody asks what was missed since.</summary>
    public EarlierTrades? Earlier { get; set; }

    /// <summary>Goes on where an earlier process ended: what it told is not new.</summary>
    public void GoOn(EarlierTrades earlier)
    {
        foreach (var trade in earlier.Seen)
        {
            TradeIds.IsNew(trade.Id, trade.VenueTime.Nanoseconds);
        }

        if (!earlier.Seen.Any(trade => trade.Id == earlier.Last.TradeId))
        {
            TradeIds.IsNew(earlier.Last.TradeId, earlier.Last.Times.VenueTime.Nanoseconds);
        }

        (Earlier, LastTrade) = (earlier, earlier.Last);
    }
}
