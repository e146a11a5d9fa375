using Omnibook.Core.Events;

namespace Omnibook.Venues.Coinbase;

/// <summary>A candle.</summary>
/// <param name="Start">Opening time.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="BaseVolume">Base assets traded.</param>
public sealed record CoinbaseCandle(Timestamp Start, decimal Open, decimal High, decimal Low, decimal Close, decimal BaseVolume);

/// <summary>A trade of the past.</summary>
/// <param name="TradeId">Its number; a product's numbers leave none out.</param>
/// <param name="Product">The product.</param>
/// <param name="Price">The price paid.</param>
/// <param name="Size">Base assets.</param>
/// <param name="TakerSide">The taker's side: the opposite of the maker's, which the venue sends.</param>
/// <param name="Time">When.</param>
public sealed record CoinbaseTrade(long TradeId, string Product, decimal Price, decimal Size, TakerSide TakerSide, Timestamp Time);

/// <summary>The newest trades, and the best prices beside them.</summary>
/// <param name="Trades">The trades, newest first.</param>
/// <param name="BestBid">The best bid, or null.</param>
/// <param name="BestAsk">The best ask, or null.</param>
public sealed record CoinbaseTradePage(IReadOnlyList<CoinbaseTrade> Trades, decimal? BestBid, decimal? BestAsk);

/// <summary>A price of the REST book.</summary>
/// <param name="Price">The price.</param>
/// <param name="Size">What rests there.</param>
public sealed record CoinbaseRestLevel(decimal Price, decimal Size);

/// <summary>The REST book, best first.</summary>
/// <param name="Product">The product.</param>
/// <param name="Bids">The bids.</param>
/// <param name="Asks">The asks.</param>
/// <param name="Time">When.</param>
public sealed record CoinbaseRestBook(
    string Product, IReadOnlyList<CoinbaseRestLevel> Bids, IReadOnlyList<CoinbaseRestLevel> Asks, Timestamp Time);

/// <summary>The 24 h figures that the list of products carries.</summary>
/// <param name="Product">The product.</param>
/// <param name="Price">Price of the last trade, or null.</param>
/// <param name="ChangePercent">Change of the price in per cent, or null.</param>
/// <param name="BaseVolume">Base assets traded, or null.</param>
/// <param name="QuoteVolume">Quote assets traded, about, or null.</param>
public sealed record CoinbaseProductRow(string Product, decimal? Price, decimal? ChangePercent, decimal? BaseVolume, decimal? QuoteVolume);
