namespace Omnibook.Tests.Clients;

/// <summary>What a client library saw of a venue; the numbers are its doubles, whose shortest text is the venue's.</summary>
/// <param name="Market">The venue's id of the market, as the client read it from the listing.</param>
/// <param name="Tick">The price step.</param>
/// <param name="Ohlcv">Candles of a minute, oldest first: time, open, high, low, close, volume.</param>
/// <param name="Last">The last price of the ticker.</param>
/// <param name="Funding">The funding rate; null where there is none.</param>
/// <param name="Books">Books as they stood one after the other.</param>
/// <param name="Trades">Trades.</param>
internal sealed record ClientReport(
    string Market, decimal Tick, decimal[][] Ohlcv, decimal Last, decimal? Funding, ClientBook[] Books, ClientTrade[] Trades);

/// <summary>A client's book.</summary>
/// <param name="Number">The venue's number at which it stands.</param>
/// <param name="Bids">Price and amount, best first.</param>
/// <param name="Asks">Price and amount, best first.</param>
internal sealed record ClientBook(long Number, decimal[][] Bids, decimal[][] Asks);

/// <summary>A client's trade.</summary>
/// <param name="Id">The venue's id.</param>
/// <param name="Price">The price.</param>
/// <param name="Amount">How much.</param>
/// <param name="Side">buy or sell, as the client says.</param>
/// <param name="Timestamp">When, Unix milliseconds.</param>
internal sealed record ClientTrade(string Id, decimal Price, decimal Amount, string Side, long Timestamp);
