using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Liquidity;

/// <summary>
/// Tells prices in one quote asset at the rate of a venue's own book: those of a member that quotes in USDT in USD, by the middle of a
/// USDT-USD book. The rate is kept to a millionth.
/// </summary>
public sealed class QuoteConversion
{
    /// <summary>Decimals of a rate.</summary>
    internal const int RateDecimals = 6;

    private const long One = 1_000_000;

    private readonly string? _quote;
    private readonly OrderBook? _book;

    private QuoteConversion(string? quote, OrderBook? book) => (_quote, _book) = (quote, book);

    /// <summary>Prices are told as they are.</summary>
    public static QuoteConversion None { get; } = new(null, null);

    /// <summary>Whether anything is converted.</summary>
    public bool IsNone => _quote is null;

    /// <summary>Decimals that prices gain by it.</summary>
    internal int ExtraDecimals => IsNone ? 0 : RateDecimals;

    /// <summary>By the book of an instrument whose base asset is what is to be converted: <c>USDT-USD</c>.</summary>
    public static QuoteConversion By(OrderBook book) => new(book.Instrument.Listing.Pair.Base, book);

    /// <summary>While the book of the rate is not there yet: members that quote in this asset cannot be counted.</summary>
    public static QuoteConversion Pending(string quote) => new(quote, null);

    /// <summary>What one unit of a member's quote asset is worth. False when that is not known now: the member cannot be counted then.</summary>
    /// <param name="member">The member.</param>
    /// <param name="now">Our clock.</param>
    /// <param name="rules">How old the book of the rate may be.</param>
    /// <param name="rate">The rate; 1 for a member that needs none.</param>
    public bool TryGetRate(Instrument member, Timestamp now, LiquidityRules rules, out decimal rate)
    {
        var known = TryGetRateUnits(member, now, rules, out var units);
        rate = IsNone ? 1 : new Scale(RateDecimals).ToDecimal(units);
        return known;
    }

    /// <summary>The same, in units of <see cref="ExtraDecimals"/>.</summary>
    internal bool TryGetRateUnits(Instrument member, Timestamp now, LiquidityRules rules, out long units)
    {
        units = IsNone ? 1 : One;
        if (_quote is null || member.Listing.Pair.Quote != _quote)
        {
            return true;
        }

        if (_book is null || !UsableBooks.Counts(_book, now, rules) || !_book.Bids.TryGetBest(out var bid) || !_book.Asks.TryGetBest(out var ask))
        {
            return false;
        }

        units = (long)(((Int128)bid.Price.Units + ask.Price.Units) * One / (2 * _book.Instrument.PriceScale.UnitsPerOne));
        return units > 0;
    }
}
