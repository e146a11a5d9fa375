using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Hyperliquid;

namespace Omnibook.Tests.Venues.Hyperliquid;

/// <summary>The session and the market together.</summary>
public sealed class MarketTests
{
    private readonly InstrumentCatalog _catalog = new();
    private readonly EventBatch _batch = new();

    [Fact]
    public void A_recorded_session_makes_the_book_live_and_counts_each_trade_once()
    {
        var bitcoin = _catalog.Register(Desk.Instrument(0, "BTC", 5).Listing);
        var market = new Market(_catalog, []);
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Captures", "hyperliquid-hftbacktest", "btcusd_20250126_first12.txt"));
        var trades = 0;

        // Twice, as if the socket had been opened anew: the venue then repeats its last trades.
        for (var connection = 0; connection < 2; connection++)
        {
            var venue = new HyperliquidVenue(bitcoin.Venue, HyperliquidVenue.Mainnet);
            var session = venue.OpenSession(venue.Plan([bitcoin])[0]);
            foreach (var (receivedAt, frame) in SharedCaptures.Lines(text))
            {
                _batch.Clear();
                session.Translate(frame, new Timestamp(receivedAt), _batch);
                _batch.DeliverTo(market);
                trades += market.Changes.Trades.Count;
                market.Changes.Clear();
            }
        }

        var book = market.BookOf(bitcoin.Id);
        Assert.Equal(BookState.Live, book.Status.State);
        Assert.Equal(1737918848015, book.Sequence);
        Assert.Equal((20, 20), (book.Bids.Count, book.Asks.Count));
        Assert.Equal(31, trades);
    }

    [Fact]
    public void An_older_book_is_left_out_and_a_later_one_replaces_every_level()
    {
        var bitcoin = _catalog.Register(Desk.Instrument(0, "BTC", 5).Listing);
        var market = new Market(_catalog, []);
        var venue = new HyperliquidVenue(bitcoin.Venue, HyperliquidVenue.Mainnet);
        var session = venue.OpenSession(venue.Plan([bitcoin])[0]);
        var book = market.BookOf(bitcoin.Id);

        Hear(2, 100);
        Hear(1, 90);
        Assert.Equal(1000, Best());
        Hear(3, 80);
        Assert.Equal(800, Best());
        Assert.Equal(1, book.Bids.Count);

        void Hear(int time, int price)
        {
            _batch.Clear();
            session.Translate(
                System.Text.Encoding.UTF8.GetBytes($$$"""{"channel":"l2Book","data":{"coin":"BTC","time":{{{1790000000000 + time}}},"levels":[[{"px":"{{{price}}}","sz":"1","n":1}],[]]}}"""),
                Desk.Noon,
                _batch);
            _batch.DeliverTo(market);
        }

        long Best() => book.Bids.TryGetBest(out var best) ? best.Price.Units : 0;
    }
}
