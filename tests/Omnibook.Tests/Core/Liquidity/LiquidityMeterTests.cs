using Omnibook.Core.Events;
using Omnibook.Core.Liquidity;

namespace Omnibook.Tests.Core.Liquidity;

public sealed class LiquidityMeterTests
{
    private readonly LiquidityMeter _meter = new();

    [Theory]
    [InlineData(10, "2.5", "1.3", "3.8", "0.657895", "0.342105", "0.549861", "-0.210526", "380029.5")]
    [InlineData(25, "5.5", "2.3", "7.8", "0.705128", "0.294872", "0.584155", "0.153846", "779829.5")]
    [InlineData(50, "5.5", "4.3", "9.8", "0.561224", "0.438776", "0.507497", "-0.081633", "980829.5")]
    [InlineData(100, "14.5", "4.3", "18.8", "0.771277", "0.228723", "0.647182", "0.010638", "1880229.5")]
    public void The_worked_figures_hold_to_the_last_digit(
        int window, string binance, string coinbase, string total, string share0, string share1, string hhi, string imbalance, string usd)
    {
        var metrics = _meter.Measure(MadeVenues.Golden().Book, window, MadeVenues.Start);

        Assert.Equal(100007.5m, metrics.Mid);
        Assert.Equal(5m, metrics.Spread);
        Assert.Equal(0.49996m, Rounded(metrics.SpreadBps, 5));
        Assert.False(metrics.IsCrossed);
        Assert.Equal([D(binance), D(coinbase)], metrics.Venues.Select(venue => venue.Depth));
        Assert.Equal(D(total), metrics.Depth);
        Assert.Equal([D(share0), D(share1)], metrics.Venues.Select(venue => decimal.Round(venue.Share, 6)));
        Assert.Equal(D(hhi), decimal.Round(metrics.Hhi, 6));
        Assert.Equal(D(imbalance), decimal.Round(metrics.Imbalance, 6));
        Assert.Equal(D(usd), metrics.QuoteDepth);
    }

    [Fact]
    public void What_lies_beyond_the_snapshot_is_left_out_and_said()
    {
        var venues = new MadeVenues("binance");
        venues.Set(0, [(100m, 1m), (99.9m, 1m)], [(100.1m, 1m), (100.2m, 1m)]);
        Assert.False(_meter.Measure(venues.Book, 10, MadeVenues.Start).IsPartial);

        venues.Update(0, [(99.8m, 7m)], [(100.3m, 7m)]);
        var metrics = _meter.Measure(venues.Book, 50, MadeVenues.Start);
        Assert.True(metrics.IsPartial);
        Assert.Equal((2m, 2m), (metrics.BidDepth, metrics.AskDepth));
    }

    [Fact]
    public void The_sides_and_the_venues_are_told_apart()
    {
        var metrics = _meter.Measure(MadeVenues.Golden().Book, 50, MadeVenues.Start);

        Assert.Equal((4.5m, 5.3m), (metrics.BidDepth, metrics.AskDepth));
        Assert.Equal([100005m, 100010m], metrics.Venues.Select(venue => venue.Mid));
        Assert.All(metrics.Venues, venue => Assert.Equal(1.0m, Rounded(venue.SpreadBps, 3)));
        Assert.Equal(1m, decimal.Round(metrics.Venues.Sum(venue => venue.Share), 20));
    }

    [Fact]
    public void The_figures_of_the_originals_own_tests_hold()
    {
        var venues = new MadeVenues("binance", "coinbase");
        venues.Set(0, [(50000m, 100m)], [(50010m, 100m)]);
        venues.Set(1, [(50001m, 80m)], [(50009m, 80m)]);

        var metrics = _meter.Measure(venues.Book, 50, MadeVenues.Start);

        Assert.Equal((50005m, 8m, 1.6m), (metrics.Mid, metrics.Spread, Rounded(metrics.SpreadBps, 1)));
        Assert.Equal((360m, 0.506m, 0m), (metrics.Depth, decimal.Round(metrics.Hhi, 3), metrics.Imbalance));
    }

    [Fact]
    public void Both_ends_of_the_window_are_inside_and_the_next_unit_is_not()
    {
        var venues = new MadeVenues("one");
        venues.Set(0, [(9999.99m, 1m), (9900m, 2m), (9899.99m, 4m)], [(10000.01m, 8m), (10100m, 16m), (10100.01m, 32m)]);

        Assert.Equal((3m, 24m), Sides(_meter.Measure(venues.Book, 100, MadeVenues.Start)));
        Assert.Equal((1m, 8m), Sides(_meter.Measure(venues.Book, 99, MadeVenues.Start)));
        Assert.Equal((7m, 56m), Sides(_meter.Measure(venues.Book, 101, MadeVenues.Start)));
    }

    [Fact]
    public void Bug_001_9_figures_that_are_zero_are_zero_and_not_null()
    {
        var venues = new MadeVenues("one", "two");
        venues.Set(0, [(99m, 1m)], [(101m, 1m)]);
        venues.Set(1, [(99m, 1m)], [(101m, 1m)]);

        var balanced = _meter.Measure(venues.Book, 100, MadeVenues.Start);
        var empty = _meter.Measure(venues.Book, 10, MadeVenues.Start);

        Assert.Equal((0m, 0.5m), (balanced.Imbalance, balanced.Hhi));
        Assert.Equal((0m, 0m, 0m), (empty.Imbalance, empty.Hhi, empty.Depth));
        Assert.Equal([0m, 0m], empty.Venues.Select(venue => venue.Share));
        Assert.Equal(100m, empty.Mid);
    }

    [Fact]
    public void Venues_that_cross_each_other_give_a_negative_spread_that_is_told()
    {
        var venues = new MadeVenues("one", "two");
        venues.Set(0, [(100m, 1m)], [(101m, 1m)]);
        venues.Set(1, [(102m, 1m)], [(103m, 1m)]);

        var metrics = _meter.Measure(venues.Book, 50, MadeVenues.Start);

        Assert.True(metrics.IsCrossed);
        Assert.Equal((-1m, 101.5m, -98.522m), (metrics.Spread, metrics.Mid, Rounded(metrics.SpreadBps, 3)));
    }

    [Fact]
    public void A_stale_or_one_sided_or_unknown_book_is_listed_and_not_counted()
    {
        var venues = new MadeVenues("fresh", "stale", "half", "never");
        var now = MadeVenues.Start + TimeSpan.FromSeconds(3.001);
        venues.Set(0, [(100m, 1m)], [(102m, 1m)], at: now);
        venues.Set(1, [(90m, 1m)], [(91m, 1m)]);
        venues.Set(2, [(100m, 1m)], [], at: now);

        var metrics = _meter.Measure(venues.Book, 500, now);

        Assert.Equal([true, false, false, false], metrics.Venues.Select(venue => venue.Counts));
        Assert.Equal([false, true, false, true], metrics.Venues.Select(venue => venue.IsStale));
        Assert.Equal([1m, 0m, 0m, 0m], metrics.Venues.Select(venue => venue.Share));
        Assert.Equal((101m, 2m, 1m), (metrics.Mid, metrics.Spread, metrics.Hhi));
        Assert.Null(metrics.Venues[3].Age);
        Assert.Equal(TimeSpan.FromSeconds(3.001), metrics.Venues[1].Age);
    }

    [Fact]
    public void Exactly_three_seconds_are_not_stale_yet()
    {
        var venues = MadeVenues.Golden();
        Assert.All(_meter.Measure(venues.Book, 50, MadeVenues.Start + TimeSpan.FromSeconds(3)).Venues, venue => Assert.True(venue.Counts));
    }

    [Fact]
    public void Without_any_book_there_is_no_middle_and_nothing_fails()
    {
        var metrics = _meter.Measure(new MadeVenues("one", "two").Book, 50, MadeVenues.Start);

        Assert.Equal((null, null, null), (metrics.Mid, metrics.Spread, metrics.SpreadBps));
        Assert.Equal((0m, 0m, 0m, 0m), (metrics.Depth, metrics.Hhi, metrics.Imbalance, metrics.QuoteDepth));
    }

    [Fact]
    public void Latency_is_from_the_venues_own_time_or_from_ours_and_never_negative()
    {
        var venues = new MadeVenues("tells", "silent", "ahead");
        var now = MadeVenues.Start + TimeSpan.FromMilliseconds(55);
        (decimal, decimal)[] bids = [(100m, 1m)], asks = [(102m, 1m)];
        venues.Set(0, bids, asks, venueTime: MadeVenues.Start + TimeSpan.FromMilliseconds(13));
        venues.Set(1, bids, asks);
        venues.Set(2, bids, asks, venueTime: now + TimeSpan.FromHours(1));

        var latencies = _meter.Measure(venues.Book, 50, now).Venues.Select(venue => venue.Latency);

        Assert.Equal([TimeSpan.FromMilliseconds(42), TimeSpan.FromMilliseconds(55), TimeSpan.Zero], latencies);
    }

    [Fact]
    public void Prices_in_tethers_can_be_told_in_dollars_by_a_venues_own_book()
    {
        var venues = new MadeVenues(MadeVenues.Listing("binance", quote: "USDT"), MadeVenues.Listing("coinbase"));
        var rates = new MadeVenues(MadeVenues.Listing("coinbase", priceDecimals: 5, quote: "USD", @base: "USDT"));
        venues.Set(0, [(100000m, 1m)], [(100010m, 1m)]);
        venues.Set(1, [(99950m, 1m)], [(99960m, 1m)]);
        rates.Set(0, [(0.99949m, 1m)], [(0.99950m, 1m)]);
        var meter = new LiquidityMeter { Conversion = QuoteConversion.By(rates.Book.Members[0]) };

        var metrics = meter.Measure(venues.Book, 50, MadeVenues.Start);

        Assert.Equal((99949.5m, 99959.49495m), (metrics.Venues[0].Bid, metrics.Venues[0].Ask));
        Assert.Equal(200010m * 0.999495m + 199910m, metrics.QuoteDepth);
        Assert.Equal(_meter.Measure(venues.Book, 50, MadeVenues.Start).Venues[0].SpreadBps, metrics.Venues[0].SpreadBps);
    }

    [Fact]
    public void Without_a_fresh_rate_a_venue_that_needs_one_is_not_counted()
    {
        var venues = new MadeVenues(MadeVenues.Listing("binance", quote: "USDT"), MadeVenues.Listing("coinbase"));
        var rates = new MadeVenues(MadeVenues.Listing("coinbase", priceDecimals: 5, @base: "USDT"));
        venues.Set(0, [(100000m, 1m)], [(100010m, 1m)]);
        venues.Set(1, [(99950m, 1m)], [(99960m, 1m)]);
        var meter = new LiquidityMeter { Conversion = QuoteConversion.By(rates.Book.Members[0]) };

        Assert.Equal([false, true], meter.Measure(venues.Book, 50, MadeVenues.Start).Venues.Select(venue => venue.Counts));
    }

    [Fact]
    public void A_venue_with_absurd_amounts_harms_no_other()
    {
        var venues = new MadeVenues(MadeVenues.Listing("absurd", 0, 0), MadeVenues.Listing("sane"));
        (decimal, decimal)[] absurd = [.. Enumerable.Range(0, 8).Select(i => (9_000_000_000_000_000_000m - i, 9_000_000_000_000_000_000m))];
        venues.Set(0, absurd, [(9_000_000_000_000_000_001m, 9_000_000_000_000_000_000m)]);
        venues.Set(1, [(99m, 1m)], [(101m, 1m)]);

        var metrics = _meter.Measure(venues.Book, 1000, MadeVenues.Start);

        Assert.Equal(2m, metrics.Venues[1].Depth);
        Assert.True(metrics.Hhi is > 0.99m and <= 1m);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void A_window_beyond_the_bounds_is_refused(int window) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _meter.Measure(MadeVenues.Golden().Book, window, MadeVenues.Start));

    [Fact]
    public void Any_books_and_any_window_are_measured_as_decimal_numbers_measure_them()
    {
        var random = new Random(5);
        for (var round = 0; round < 400; round++)
        {
            var venues = new MadeVenues(MadeVenues.Listing("one", 1, 3), MadeVenues.Listing("two", 2, 5));
            for (var venue = 0; venue < 2; venue++)
            {
                venues.Set(venue, Levels(random, 1000, -1, venue), Levels(random, 1000.5m, 1, venue));
            }

            var window = random.Next(1, 1001);
            var metrics = _meter.Measure(venues.Book, window, MadeVenues.Start);
            foreach (var (venue, book) in metrics.Venues.Zip(venues.Book.Members))
            {
                var levels = (List<(decimal Price, decimal Quantity)>)[];
                var (low, high) = (venue.Mid!.Value * (10_000 - window) / 10_000, venue.Mid!.Value * (10_000 + window) / 10_000);
                foreach (var level in Copy(book.Bids).Concat(Copy(book.Asks)))
                {
                    levels.Add((book.Instrument.PriceScale.ToDecimal(level.Price.Units), book.Instrument.QuantityScale.ToDecimal(level.Quantity.Units)));
                }

                var inside = levels.Where(level => level.Price >= low && level.Price <= high).ToArray();
                Assert.Equal((inside.Sum(level => level.Quantity), inside.Sum(level => level.Price * level.Quantity)), (venue.Depth, venue.QuoteDepth));
            }
        }
    }

    private static (decimal, decimal)[] Levels(Random random, decimal from, int sign, int decimals) =>
        [.. Enumerable.Range(0, random.Next(1, 40)).Select(i => (decimal.Round(from + sign * (i + (decimal)random.NextDouble()), decimals + 1), random.Next(1, 900) / 100m)).DistinctBy(level => level.Item1)];

    private static Level[] Copy(Omnibook.Core.Books.Ladder ladder)
    {
        var levels = new Level[ladder.Count];
        ladder.CopyTo(levels);
        return levels;
    }

    private static (decimal Bids, decimal Asks) Sides(LiquidityMetrics metrics) => (metrics.BidDepth, metrics.AskDepth);

    private static decimal D(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static decimal? Rounded(decimal? value, int decimals) => value is { } known ? decimal.Round(known, decimals) : null;
}
