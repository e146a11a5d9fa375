using Omnibook.Core.Instruments;
using Omnibook.Venues.Coinbase;

namespace Omnibook.Tests.Venues.Coinbase;

/// <summary>Coinbase with a few products, and its frames.</summary>
internal static class CoinbaseDesk
{
    public const string Time = "2026-04-07T14:30:00.123456Z";

    public static readonly Instrument Bitcoin = Product(0, "BTC-USD");

    public static readonly Instrument Ether = Product(1, "ETH-USD");

    /// <summary>A venue of its own for each desk: venues remember trades and count connections.</summary>
    public static CoinbaseVenue Venue => new(new VenueId("coinbase"), CoinbaseVenue.Mainnet);

    /// <summary>A session over both: books are streams 0 and 1, trades 2 and 3, best prices 4 and 5.</summary>
    public static FrameDesk Open(CoinbaseVenue? venue = null, params Instrument[] instruments)
    {
        venue ??= Venue;
        return new FrameDesk(venue.OpenSession(venue.Plan(instruments.Length == 0 ? [Bitcoin, Ether] : instruments)[0]));
    }

    public static Instrument Product(int index, string symbol, string? wire = null, int priceDecimals = 2, int quantityDecimals = 8) =>
        new(new InstrumentId(index), new InstrumentListing
        {
            Venue = new VenueId("coinbase"),
            Symbol = symbol,
            WireSymbol = wire ?? symbol,
            Pair = new Pair(symbol.Split('-')[0], symbol.Split('-')[1]),
            Kind = InstrumentKind.Spot,
            PriceScale = new Scale(priceDecimals),
            QuantityScale = new Scale(quantityDecimals),
            Tick = new Price(1),
            Lot = new Quantity(1),
        });

    public static string Snapshot(long number, string product = "BTC-USD") => Book(number, "snapshot", product, Bid("68900.00", "1.50000000"), Offer("68901.00", "0.50000000"));

    public static string Update(long number, string product = "BTC-USD") => Book(number, "update", product, Bid("68900.00", "2"), Offer("68901.00", "0.00000000"), Offer("68902.00", "1"));

    public static string Book(long number, string type, string product, params string[] levels) =>
        Frame("l2_data", number, $$"""{"type":"{{type}}","product_id":"{{product}}","updates":[{{string.Join(',', levels)}}]}""");

    public static string Bid(string price, string quantity) => Level("bid", price, quantity);

    public static string Offer(string price, string quantity) => Level("offer", price, quantity);

    public static string Heartbeat(long number, long counter) =>
        Frame("heartbeats", number, $$"""{"current_time":"2024-10-04 07:04:40.820713045 +0000 UTC m=+66987.628148662","heartbeat_counter":{{counter}}}""");

    public static string Subscriptions(long number, params string[] books) =>
        Frame("subscriptions", number, $$$"""{"subscriptions":{"level2":[{{{string.Join(',', books.Select(book => $"\"{book}\""))}}}],"heartbeats":["heartbeats"]}}""");

    public static string Trades(long number, string type, string product, params long[] ids) => Frame(
        "market_trades",
        number,
        $$"""{"type":"{{type}}","trades":[{{string.Join(',', ids.Select(id => $$"""{"product_id":"{{product}}","trade_id":"{{id}}","price":"68900.50","size":"0.5","time":"{{Time}}","side":"BUY"}"""))}}]}""");

    public static string Frame(string channel, long number, string events) =>
        $$"""{"channel":"{{channel}}","client_id":"","timestamp":"{{Time}}","sequence_num":{{number}},"events":[{{events}}]}""";

    private static string Level(string side, string price, string quantity) =>
        $$"""{"side":"{{side}}","event_time":"{{Time}}","price_level":"{{price}}","new_quantity":"{{quantity}}"}""";
}
