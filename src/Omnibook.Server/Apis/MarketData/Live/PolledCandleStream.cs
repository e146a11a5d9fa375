using Omnibook.Core.Derived;
using Omnibook.Server.Streams;
using Omnibook.Venues;
using Omnibook.Venues.Data;

namespace Omnibook.Server.Apis.MarketData.Live;

/// <summary>
/// The candles of one instrument where the venue tells them when asked but does not stream them: asked for every few seconds, once for all clients.
/// Every change that is seen is sent, and once that a candle is over.
/// </summary>
internal sealed class PolledCandleStream : LiveStream
{
    /// <summary>At most so many streams of one exchange: with <see cref="Pace"/> that is four requests a second.</summary>
    public const int MostOfOneExchange = 20;

    /// <summary>After a break, at most so many candles are caught up on in one answer.</summary>
    private const int CatchUp = 50;

    /// <summary>How often the venue is asked.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private readonly StreamKey _key;
    private readonly AskedInstrument _asked;
    private readonly MarketQueries _queries;
    private readonly FrameWriter _writer;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _ending = new();
    private Candle? _last;
    private bool _isLastClosed;
    private bool _isFailing;

    /// <summary>Begins to ask.</summary>
    public PolledCandleStream(
        Topic topic, StreamKey key, AskedInstrument asked, MarketQueries queries, FramePool frames, TimeProvider time, ILogger log)
        : base(null, topic)
    {
        (_key, _asked, _queries, _writer, _log) = (key, asked, queries, new FrameWriter(frames), log);
        var ending = _ending.Token;
        _ = Task.Run(() => RunAsync(new PeriodicTimer(Pace, time), ending), CancellationToken.None);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
        base.Dispose();
    }

    private async Task RunAsync(PeriodicTimer pace, CancellationToken cancellationToken)
    {
        using (pace)
        {
            try
            {
                do
                {
                    await LookAsync(cancellationToken);
                }
                while (await pace.WaitForNextTickAsync(cancellationToken));
            }
            catch (OperationCanceledException)
            {
                _log.LogDebug("Nobody listens to {Exchange} {Symbol} any more.", _key.Exchange, _key.Symbol);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var range = _last is null ? new DataRange(1) : new DataRange(CatchUp, _last.Start);
            var answer = await _queries.CandlesAsync(_asked, _key.Interval!, range, cancellationToken);
            foreach (var candle in answer.List)
            {
                Tell(candle, _key.Interval!.EndOf(candle.Start) <= answer.AskedAt);
            }

            _isFailing = false;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Note(fault);
        }
    }

    private void Tell(Candle candle, bool isClosed)
    {
        if (_last is not null && (candle.Start < _last.Start || (candle.Start == _last.Start && (_isLastClosed || (candle == _last && !isClosed)))))
        {
            return;
        }

        (_last, _isLastClosed) = (candle, isClosed);
        Topic.Publish(EventWriter.Candle(_writer, _key.Exchange, _key.Echo, _key.Interval!, candle, isClosed));
    }

    /// <summary>Once a silence; what comes again and again fills no log.</summary>
    private void Note(Exception fault)
    {
        if (!_isFailing)
        {
            _isFailing = true;
            _log.Log(
                fault is VenueRequestException ? LogLevel.Information : LogLevel.Error,
                fault is VenueRequestException ? null : fault,
                "{Exchange} tells no candles of {Symbol}: {Why}",
                _key.Exchange,
                _key.Symbol,
                fault.Message);
        }
    }
}
