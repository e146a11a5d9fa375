using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;
using Omnibook.Venues;
using Omnibook.Venues.Captures;

namespace Omnibook.Server.Replay;

/// <summary>What is to be replayed.</summary>
/// <param name="Paths">Files and folders: one stream, in this order.</param>
/// <param name="Venue">Whose frames they are.</param>
/// <param name="Captured">The instruments that take part.</param>
/// <param name="Speed">How fast.</param>
internal sealed record CapturePlan(
    IReadOnlyList<string> Paths, IVenue Venue, IReadOnlyList<CapturedInstrument> Captured, ReplaySpeed Speed);

/// <summary>
/// Plays captures through the venue's own session into the market loop: the way of live frames, from the session on. At the end the books are
/// marked as ended, since a replayed book is not live.
/// </summary>
internal sealed class CaptureRun
{
    private readonly CapturePlan _plan;
    private readonly MarketLoop _loop;
    private readonly TimeProvider _time;
    private readonly CaptureReplay _replay;
    private readonly TradeTotals _trades = new();

    /// <summary>Registers the instruments; nothing is read yet.</summary>
    public CaptureRun(CapturePlan plan, MarketLoop loop, InstrumentCatalog catalog, TimeProvider time)
    {
        (_plan, _loop, _time) = (plan, loop, time);
        _replay = new CaptureReplay(plan.Venue, plan.Captured, catalog);
        loop.Subscribe(_trades);
    }

    /// <summary>Plays everything, and says what it came to.</summary>
    /// <exception cref="CaptureException">A file cannot be read further.</exception>
    public async Task<ReplayReport> RunAsync(CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        var pace = new ReplayPace(_plan.Speed, _time);
        foreach (var frame in CaptureReader.Read(_plan.Paths))
        {
            await pace.WaitAsync(frame.ReceivedAt, cancellationToken);
            var batch = _loop.Rent();
            _replay.Push(frame, batch);
            await _loop.EnqueueAsync(batch, cancellationToken);
        }

        var report = await _loop.ReadAsync(market => Report(market, start), cancellationToken);
        await EndAsync(cancellationToken);
        return report;
    }

    private ReplayReport Report(Market market, long start)
    {
        var counts = _replay.Counts;
        var seconds = _time.GetElapsedTime(start).TotalSeconds;
        var books = _plan.Captured.Zip(_replay.Instruments).Where(pair => pair.First.HasBook).ToDictionary(
            pair => pair.Second.Symbol,
            pair => BookReports.Of(market.BookOf(pair.Second.Id), snapshotsOverRest: counts.Snapshots > 0),
            StringComparer.Ordinal);
        var trades = _replay.Instruments.Select(instrument => (instrument.Symbol, Report: _trades.Of(instrument)))
            .Where(pair => pair.Report is not null)
            .ToDictionary(pair => pair.Symbol, pair => pair.Report!, StringComparer.Ordinal);
        return new ReplayReport(
            _plan.Venue.Id.Key,
            _plan.Paths,
            counts.Frames,
            counts.Data,
            counts.Snapshots,
            counts.Control,
            counts.Unknown,
            counts.Malformed,
            _loop.Levels,
            books.Values.Sum(book => book.Gaps),
            Math.Round(seconds, 3),
            Math.Round(counts.Frames / Math.Max(seconds, 1e-6)),
            books,
            trades);
    }

    /// <summary>Nothing comes any more. The books stay as they are, and say so.</summary>
    private async Task EndAsync(CancellationToken cancellationToken)
    {
        var now = await _loop.ReadAsync(market => market.Now, cancellationToken);
        var batch = _loop.Rent();
        foreach (var instrument in _replay.Instruments)
        {
            batch.On(new VenueStatus(instrument.Id, BookState.Stale, StatusReasons.ReplayEnded, default, now));
        }

        await _loop.EnqueueAsync(batch, cancellationToken);
    }
}
