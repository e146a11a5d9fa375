using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary>Pushes the aggregate book to <c>/ws/prices</c> at a steady pace, rendered once for everybody.</summary>
internal sealed class PriceStream : BackgroundService
{
    private static readonly byte[] Head = "{\"type\":\"aggregated_order_book\","u8.ToArray();
    private readonly AggregateBook _book;
    private readonly FrameWriter _errors;
    private readonly NbboRules _rules;
    private readonly TimeProvider _time;
    private readonly ILogger<PriceStream> _log;
    private Frame? _last;

    /// <summary>Creates the stream; it pushes once it is started.</summary>
    public PriceStream(
        AggregateBook book, FramePool frames, StreamCounters counters, NbboRules rules, TimeProvider time, ILogger<PriceStream> log)
    {
        (_book, _errors, _rules, _time, _log) = (book, new FrameWriter(frames), rules, time, log);
        Topic = new Topic("nbbo.prices", OutboxPolicy.NewestOnly, counters);
    }

    /// <summary>What <c>/ws/prices</c> follows.</summary>
    public Topic Topic { get; }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var pace = new PeriodicTimer(_rules.PriceInterval, _time);
        do
        {
            await PushAsync(stoppingToken);
        }
        while (await pace.WaitForNextTickAsync(stoppingToken));
    }

    private async Task PushAsync(CancellationToken stoppingToken)
    {
        try
        {
            var reading = await _book.ReadAsync(Head, stoppingToken);
            if (reading.IsTwoSided)
            {
                _last?.Release();
                _last = reading.Frame.Share();
                Topic.Publish(reading.Frame);
            }
            else
            {
                reading.Frame.Release();
                Topic.Publish(RenderError(reading.Usable));
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            _log.LogError(fault, "The aggregate book could not be rendered");
        }
    }

    /// <summary>Says why there is no book, and repeats the last one where there was one: everything after its first field.</summary>
    private Frame RenderError(int usable)
    {
        var why = usable == 0 ? "No order book can be used" : "The aggregate book has only one side";
        _errors.Begin().Raw("{\"type\":\"error\",\"message\":"u8);
        return _last is null
            ? _errors.Text(why).Raw("}"u8).Complete()
            : _errors.Text(why + ", repeating the last one").Raw(","u8).Raw(_last.Text.Span[Head.Length..]).Complete();
    }
}
