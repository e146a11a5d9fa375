using System.Globalization;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Time;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Venues;

/// <summary>
/// Four hundred books of one venue, begun at once, stay within what the venue allows to one address. The limits are those of the venues'
/// pages, written here once more, apart from the rules that the feeds keep to.
/// </summary>
public sealed class ColdStartTests
{
    private const int Books = 400;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData("binance-usdm", 2400, 6)]
    [InlineData("binance-spot", 6000, 25)]
    public async Task Snapshots_by_request_take_at_most_seven_tenths_of_the_weight_of_any_minute(string key, int weight, int minutes)
    {
        var venue = Make(key);
        var requests = Instruments(key).Select(instrument => venue.SnapshotRequest(instrument)!).ToArray();
        Assert.All(requests, request => Assert.Equal(RequestPriority.Background, request.Priority));
        using var budget = new RequestBudget(venue.Rules.RestWeight, venue.Rules.RestWindow, _clock);
        var granted = new List<(TimeSpan At, int Weight)>();
        var waiting = requests.Select(request => (request.Weight, Turn: budget.EnterAsync(request.Weight, request.Priority, CancellationToken.None))).ToList();
        while (waiting.Count > 0)
        {
            await _clock.HoldsAsync(() => waiting.Exists(request => request.Turn.IsCompleted), Minute * 2, "another snapshot may be asked for");
            foreach (var request in waiting.FindAll(request => request.Turn.IsCompleted))
            {
                await request.Turn;
                granted.Add((_clock.Elapsed, request.Weight));
                waiting.Remove(request);
                budget.Leave();
            }
        }

        Assert.True(venue.Rules.RestWeight <= weight);
        Assert.InRange(Most(granted, Minute), 1, weight * 7 / 10);
        Assert.InRange(_clock.Elapsed, TimeSpan.Zero, Minute * minutes);
    }

    [Theory]
    [InlineData("binance-usdm", 1024, 100_000)]
    [InlineData("binance-spot", 1024, 100_000)]
    [InlineData("bybit", 100_000, 100_000)]
    [InlineData("coinbase", 30 * 3, 100_000)]
    [InlineData("hyperliquid", 1000, 1000)]
    [InlineData("lighter", 100, 1000)]
    public void Streams_are_no_more_than_a_connection_and_an_address_may_have(string key, int perConnection, int perAddress)
    {
        var plans = Make(key).Plan(Instruments(key));
        Assert.Equal(Books, plans.SelectMany(plan => plan.Books).Distinct().Count());
        Assert.All(plans, plan => Assert.InRange(plan.Streams.Count, 1, perConnection));
        Assert.InRange(plans.Sum(plan => plan.Streams.Count), Books, perAddress);
        Assert.All(plans, plan => Assert.True(key != "coinbase" || plan.Books.Count() <= 30, "more than thirty books on a connection"));
        Assert.All(plans, plan => Assert.True(key != "bybit" || plan.Streams.Sum(stream => stream.Name.Length + 3) <= 21_000, "more than 21,000 characters"));
    }

    [Theory]
    [InlineData("binance-usdm", 300, 300_000)]
    [InlineData("binance-spot", 300, 300_000)]
    [InlineData("bybit", 500, 300_000)]
    [InlineData("coinbase", 8, 1_000)]
    [InlineData("hyperliquid", 10, 60_000)]
    [InlineData("lighter", 60, 60_000)]
    public async Task Connections_are_opened_no_faster_than_the_address_may(string key, int most, int milliseconds)
    {
        var pace = new AddressPace(Make(key).Rules, _clock);
        var plans = Make(key).Plan(Instruments(key));
        var opened = await WhenAsync(plans.Select(_ => (Func<Task>)(() => pace.BeforeConnectingAsync(CancellationToken.None))));
        Assert.InRange(Most(opened, TimeSpan.FromMilliseconds(milliseconds)), 1, most);
    }

    [Theory]
    [InlineData("coinbase", 8, 1_000)]
    [InlineData("hyperliquid", 2000, 60_000)]
    [InlineData("lighter", 200, 60_000)]
    public async Task Subscriptions_of_all_connections_together_are_sent_no_faster_than_the_address_may(string key, int most, int milliseconds)
    {
        var (venue, pace) = (Make(key), new AddressPace(Make(key).Rules, _clock));
        var frames = venue.Plan(Instruments(key)).Sum(plan => venue.OpenSession(plan).Opening.Count);
        var sent = await WhenAsync(Enumerable.Repeat<Func<Task>>(() => pace.BeforeSendingAsync(CancellationToken.None), frames));
        Assert.Equal(frames, sent.Count);
        Assert.InRange(Most(sent, TimeSpan.FromMilliseconds(milliseconds)), 1, most);
        Assert.InRange(_clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }

    /// <summary>When each of these turns came.</summary>
    private async Task<List<(TimeSpan At, int Weight)>> WhenAsync(IEnumerable<Func<Task>> turns)
    {
        var waiting = turns.Select(turn => turn()).ToList();
        var came = new List<(TimeSpan, int)>();
        while (waiting.Count > 0)
        {
            var done = waiting.RemoveAll(turn => turn.IsCompleted);
            came.AddRange(Enumerable.Repeat((_clock.Elapsed, 1), done));
            if (done == 0)
            {
                _clock.Advance(_clock.UntilNextTimer ?? throw new InvalidOperationException("Nobody waits for the clock."));
                await Eventually.HoldsAsync(() => waiting.Exists(turn => turn.IsCompleted), "a turn");
            }
        }

        return came;
    }

    /// <summary>The most that fell into one window, wherever it lies.</summary>
    private static int Most(List<(TimeSpan At, int Weight)> events, TimeSpan window) =>
        events.Max(first => events.Where(other => other.At >= first.At && other.At < first.At + window).Sum(other => other.Weight));

    private static IVenue Make(string key)
    {
        var known = KnownVenues.All.First(venue => venue.Id.Key == key);
        return known.Create(known.Defaults);
    }

    private static Instrument[] Instruments(string key) =>
    [
        .. Enumerable.Range(0, Books).Select(index => new Instrument(new InstrumentId(index), new InstrumentListing
        {
            Venue = new VenueId(key),
            Symbol = $"COIN{index}USDT",
            WireSymbol = key == "lighter" ? index.ToString(CultureInfo.InvariantCulture) : $"COIN{index}USDT",
            Pair = new Pair($"COIN{index}", "USDT"),
            Kind = InstrumentKind.Perpetual,
            PriceScale = new Scale(2),
            QuantityScale = new Scale(3),
            Tick = new Price(1),
            Lot = new Quantity(1),
        })),
    ];
}
