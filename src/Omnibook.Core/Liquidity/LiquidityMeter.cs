using Omnibook.Core.Books;
using Omnibook.Core.Consolidation;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Liquidity;

/// <summary>Measures composites. Sums are exact integers; only what is told at the end is divided, in decimal numbers of 28 digits.</summary>
public sealed class LiquidityMeter
{
    /// <summary>The narrowest window.</summary>
    public const int NarrowestBps = 1;

    /// <summary>The widest window.</summary>
    public const int WidestBps = 1_000;

    /// <summary>Which books count.</summary>
    public LiquidityRules Rules { get; init; } = LiquidityRules.Default;

    /// <summary>How prices in other quote assets are told.</summary>
    public QuoteConversion Conversion { get; init; } = QuoteConversion.None;

    /// <summary>Measures a composite. What it allocates does not depend on how deep the books are.</summary>
    /// <param name="book">The composite.</param>
    /// <param name="windowBps"><see cref="NarrowestBps"/> to <see cref="WidestBps"/>.</param>
    /// <param name="now">Our clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is outside its bounds.</exception>
    public LiquidityMetrics Measure(ConsolidatedBook book, int windowBps, Timestamp now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowBps, NarrowestBps);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(windowBps, WidestBps);
        var venues = new VenueLiquidity[book.Members.Count];
        for (var i = 0; i < venues.Length; i++)
        {
            venues[i] = Measure(book.Members[i], windowBps, now);
        }

        return Sum(venues, windowBps);
    }

    private VenueLiquidity Measure(OrderBook book, int windowBps, Timestamp now)
    {
        var known = Conversion.TryGetRate(book.Instrument, now, Rules, out var rate);
        var venue = new VenueLiquidity
        {
            Instrument = book.Instrument,
            Counts = known && UsableBooks.Counts(book, now, Rules),
            IsStale = !known || UsableBooks.IsStale(book, now, Rules),
            Age = book.Times.ReceivedAt.IsUnknown ? null : book.AgeAt(now),
            Latency = LatencyOf(book, now),
        };
        return venue.Counts ? WithDepth(venue, book, windowBps, rate) : venue;
    }

    private static VenueLiquidity WithDepth(VenueLiquidity venue, OrderBook book, int windowBps, decimal rate)
    {
        book.Bids.TryGetBest(out var bid);
        book.Asks.TryGetBest(out var ask);
        var window = new DepthWindow((Int128)bid.Price.Units + ask.Price.Units, windowBps);
        var (lowest, highest) = (book.KnownLimitOf(Side.Bid), book.KnownLimitOf(Side.Ask));
        var (bids, asks) = (window.Sum(book.Bids, lowest), window.Sum(book.Asks, highest));
        var (prices, quantities) = (book.Instrument.PriceScale, book.Instrument.QuantityScale.Decimals);
        return venue with
        {
            Bid = prices.ToDecimal(bid.Price.Units) * rate,
            Ask = prices.ToDecimal(ask.Price.Units) * rate,
            BidDepth = WideAmount.ToDecimal(bids.Quantity, quantities),
            AskDepth = WideAmount.ToDecimal(asks.Quantity, quantities),
            IsPartial = window.ReachesBeyond(Side.Bid, lowest) || window.ReachesBeyond(Side.Ask, highest),
            QuoteDepth = rate * (WideAmount.ToDecimal(bids.Notional, prices.Decimals + quantities)
                + WideAmount.ToDecimal(asks.Notional, prices.Decimals + quantities)),
        };
    }

    private static LiquidityMetrics Sum(VenueLiquidity[] venues, int windowBps)
    {
        var counted = venues.Count(venue => venue.Counts);
        var depth = venues.Sum(venue => venue.Depth);
        if (depth > 0)
        {
            for (var i = 0; i < venues.Length; i++)
            {
                venues[i] = venues[i] with { Share = venues[i].Depth / depth };
            }
        }

        return new LiquidityMetrics
        {
            WindowBps = windowBps,
            Venues = venues,
            Mid = counted == 0 ? null : venues.Sum(venue => venue.Mid ?? 0) / counted,
            Spread = venues.Min(venue => venue.Ask) - venues.Max(venue => venue.Bid),
            BidDepth = venues.Sum(venue => venue.BidDepth),
            AskDepth = venues.Sum(venue => venue.AskDepth),
            QuoteDepth = venues.Sum(venue => venue.QuoteDepth),
            Hhi = venues.Sum(venue => venue.Share * venue.Share),
        };
    }

    private static TimeSpan? LatencyOf(OrderBook book, Timestamp now)
    {
        var times = book.Times;
        if (times.ReceivedAt.IsUnknown)
        {
            return null;
        }

        var since = times.VenueTime.IsUnknown ? times.ReceivedAt : times.VenueTime;
        return now > since ? now - since : TimeSpan.Zero;
    }
}
