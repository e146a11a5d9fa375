using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History;
using Omnibook.Server.Apis.MarketData.Live;
using Omnibook.Server.Pipeline;
using Omnibook.Venues;
using Omnibook.Venues.Data;

namespace Omnibook.Server.Apis.PerpDex.Positions;

/// <summary>
/// Pays paper positions their funding: for each full hour that a position was open, the rate that its dex says it has paid, at the price of that hour. What
/// could not be paid at once, because a dex did not answer or this server did not run, is paid later; an hour is paid once.
/// </summary>
internal sealed partial class FundingCollector(
    PaperPositionStore store, Dexes dexes, MarketFollowing following, MarketLoop loop, TimeProvider time, ILogger<FundingCollector> log) : BackgroundService
{
    private const long MillisecondsAnHour = 3_600_000;

    /// <summary>A mark that is read later than this after the hour is not the hour's.</summary>
    private const long MostLate = 15_000;

    private const int MostHours = 500;
    private const int RememberedMarks = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);
    private static readonly CandleInterval Minute = CandleInterval.Parse("1m");
    private readonly SemaphoreSlim _turn = new(1);
    private long _passes;
    private readonly Dictionary<(string Dex, string Pair, long Hour), (decimal Price, string Source)> _prices = [];
    private readonly Dictionary<(string Dex, string Pair), DateTimeOffset> _askNext = [];

    /// <summary>Pays what is due of a position, as far as its dex tells.</summary>
    /// <returns>The position as it is then.</returns>
    public async Task<PaperPosition> SettleAsync(PaperPosition position, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await PayAsync(position, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>How often it has looked at everything.</summary>
    public long Passes => Interlocked.Read(ref _passes);

    /// <summary>How many full hours of a closed position are not paid yet.</summary>
    public static long UnpaidHours(PaperPosition position) => Math.Max(0, HourOf(position.ClosedAtMs ?? 0) - HourOf(position.SettledUntilMs));

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        _turn.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await RunOnceAsync(stoppingToken);
            await Task.Delay(UntilNext(), time, stoppingToken);
        }
    }

    /// <summary>Ten seconds, or less where a full hour comes before: its price is read as soon as it is there.</summary>
    private TimeSpan UntilNext()
    {
        var rest = TimeSpan.FromTicks(TimeSpan.TicksPerHour - time.GetUtcNow().UtcTicks % TimeSpan.TicksPerHour);
        return rest < Pause ? rest : Pause;
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var positions = await store.UnsettledAsync(cancellationToken);
            await NotePricesAsync(positions, cancellationToken);
            foreach (var position in positions.Where(position => Due(position).Count > 0 && MayAsk(position)))
            {
                await PayAsync(position, cancellationToken);
            }
        }
        catch (PaperStoreException broken)
        {
            LogStore(broken.Message);
        }
        finally
        {
            _turn.Release();
            Interlocked.Increment(ref _passes);
        }
    }

    /// <summary>The price of the hour that has just begun, of every pair with a position; by being asked for, pairs are followed.</summary>
    private async Task NotePricesAsync(IReadOnlyList<PaperPosition> positions, CancellationToken cancellationToken)
    {
        var hour = HourOf(time.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var name in positions.Where(position => position.ClosedAtMs is null).Select(position => position.Pair).Distinct(StringComparer.Ordinal))
        {
            if (!dexes.TryFind(name, out var pair, out _))
            {
                continue; // Not listed now; the candles of the hour tell later.
            }

            using var followed = FollowedPair.Open(pair, following);
            foreach (var member in followed.Members.Where(member => !_prices.ContainsKey((member.Name, name, hour))))
            {
                var mark = await loop.ReadAsync(market => market.MarkOf(member.Instrument.Id), cancellationToken);
                if (mark is { } known && HourOf(known.Times.ReceivedAt.UnixMilliseconds) >= hour - 1 && time.GetUtcNow().ToUnixTimeMilliseconds() - hour * MillisecondsAnHour <= MostLate)
                {
                    _prices[(member.Name, name, hour)] = PriceOf(known, member.Instrument);
                }
            }
        }

        if (_prices.Count > RememberedMarks)
        {
            _prices.Clear(); // Candles tell what is forgotten.
        }
    }

    private static long HourOf(long milliseconds) => milliseconds / MillisecondsAnHour;

    /// <summary>
    /// Hyperliquid pays on the oracle's price, https://hyperliquid.gitbook.io/hyperliquid-docs/trading/funding; elsewhere the mark is taken.
    /// </summary>
    private static (decimal Price, string Source) PriceOf(in MarkPrice mark, Instrument instrument) =>
        instrument.Venue.Key.StartsWith("hyperliquid", StringComparison.Ordinal) && mark.Index.Units > 0
            ? (DerivedScales.Price.ToDecimal(mark.Index.Units), "oracle")
            : (DerivedScales.Price.ToDecimal(mark.Mark.Units), "mark");

    /// <summary>The full hours that are not paid.</summary>
    private List<long> Due(PaperPosition position)
    {
        var (first, last) = (HourOf(position.SettledUntilMs) + 1, HourOf(position.ClosedAtMs ?? time.GetUtcNow().ToUnixTimeMilliseconds()));
        var count = (int)Math.Min(MostHours, Math.Max(0, last - first + 1));
        return [.. Enumerable.Range(0, count).Select(index => first + index)];
    }

    private bool MayAsk(PaperPosition position) => !_askNext.TryGetValue((position.Dex, position.Pair), out var next) || time.GetUtcNow() >= next;

    private async Task<PaperPosition> PayAsync(PaperPosition position, CancellationToken cancellationToken)
    {
        var due = Due(position);
        if (due.Count == 0 || !dexes.TryFind(position.Pair, out var pair, out _) || pair.Listings.FirstOrDefault(listing => listing.Dex.Name.Name == position.Dex) is not { } listing)
        {
            return position;
        }

        try
        {
            var rates = await RatesAsync(listing, due, cancellationToken);
            foreach (var hour in due)
            {
                // In order and without holes, so that what is settled is settled up to a moment.
                if (!rates.TryGetValue(hour, out var rate) || await PriceAtAsync(position, listing, hour, cancellationToken) is not { } price)
                {
                    _askNext[(position.Dex, position.Pair)] = time.GetUtcNow() + AskAgain;
                    return position;
                }

                var amount = (position.IsLong ? -1 : 1) * position.Size * price.Price * rate;
                await store.PayAsync(new PaperFunding(position.Id, hour * MillisecondsAnHour, rate, price.Price, amount, price.Source), cancellationToken);
                position = position with { Funding = position.Funding + amount, SettledUntilMs = hour * MillisecondsAnHour };
            }
        }
        catch (VenueRequestException failed)
        {
            LogDex(position.Dex, failed.Message);
            _askNext[(position.Dex, position.Pair)] = time.GetUtcNow() + AskAgain;
        }

        return position;
    }

    private static async Task<Dictionary<long, decimal>> RatesAsync(DexListing listing, List<long> due, CancellationToken cancellationToken)
    {
        // What is paid at an hour is stamped some milliseconds after it.
        var range = new DataRange(due.Count, Timestamp.FromMilliseconds(due[0] * MillisecondsAnHour), Timestamp.FromMilliseconds(due[^1] * MillisecondsAnHour + MostLate));
        var rates = new Dictionary<long, decimal>();
        foreach (var point in await listing.Dex.Data.FundingHistoryAsync(listing.Dex.Rest, listing.Listing, range, cancellationToken))
        {
            rates.TryAdd(HourOf(point.At.UnixMilliseconds), point.Interval is { } interval ? point.Rate * TimeSpan.TicksPerHour / interval.Ticks : point.Rate);
        }

        return rates;
    }

    private async Task<(decimal Price, string Source)?> PriceAtAsync(PaperPosition position, DexListing listing, long hour, CancellationToken cancellationToken)
    {
        if (_prices.TryGetValue((position.Dex, position.Pair, hour), out var known))
        {
            return known;
        }

        var at = Timestamp.FromMilliseconds(hour * MillisecondsAnHour);
        var candles = await listing.Dex.Data.CandlesAsync(listing.Dex.Rest, listing.Listing, Minute, new DataRange(1, at, at), cancellationToken);
        return candles.FirstOrDefault(candle => candle.Start == at) is { } candle ? (candle.Open, "candle") : null;
    }

    [LoggerMessage(LogLevel.Warning, "The funding of paper positions waits for {Dex}: {Why}")]
    private partial void LogDex(string dex, string why);

    [LoggerMessage(LogLevel.Error, "The funding of paper positions cannot be stored: {Why}")]
    private partial void LogStore(string why);
}
