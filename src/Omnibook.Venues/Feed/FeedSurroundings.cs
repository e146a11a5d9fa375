using System.Collections.Concurrent;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Feed;

/// <summary>What the connections of one feed share: their venue, clock, queue, options, counts, and what was learnt of the streams.</summary>
internal sealed record FeedSurroundings(string Name, IVenue Venue, ConnectionPlan Plan, IEventQueue Queue, TimeProvider Time, FeedOptions Options)
{
    /// <summary>Moment zero of <see cref="Elapsed"/>.</summary>
    private long Start { get; } = Time.GetTimestamp();

    public FeedCounters Counters { get; } = new();

    public HostAddresses Addresses { get; } = new(Time, Options.Resolver);

    /// <summary>What the venue refused.</summary>
    public RefusedStreams Refused { get; } = new(Options);

    /// <summary>Streams for whose silence the connection was replaced, without success so far. It is not replaced for them again.</summary>
    public ConcurrentDictionary<string, bool> HopelesslySilent { get; } = new(StringComparer.Ordinal);

    /// <summary>Time that never goes backwards, whatever happens to the clock on the wall; never zero, which stands for "never".</summary>
    public TimeSpan Elapsed => Time.GetElapsedTime(Start) + TimeSpan.FromTicks(1);

    public Timestamp Now => Timestamp.From(Time.GetUtcNow());

    /// <summary>The plan without what the venue refused a short while ago.</summary>
    public ConnectionPlan AcceptedPlan => Refused.Accepted(Plan, Elapsed);

    public void Notice(NoticeLevel level, string text, Exception? cause = null) =>
        Options.Notices?.Invoke(new FeedNotice(level, Name, text, cause));

    /// <summary>Tells the market about books.</summary>
    public async Task TellAsync(
        IEnumerable<Instrument> books, BookState state, string reason, Timestamp until, CancellationToken cancellationToken)
    {
        var batch = Queue.Rent();
        Add(batch, books, state, reason, until);
        try
        {
            await Queue.EnqueueAsync(batch, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Queue.Return(batch);
            throw;
        }
    }

    /// <summary>Tells whoever keeps trades whole that the streams of a connection are about to begin.</summary>
    public Task TellOpeningAsync(ConnectionPlan plan, bool isFirst, CancellationToken cancellationToken)
    {
        var traded = TradedOn(plan);
        return traded.Length == 0 ? Task.CompletedTask : Options.Trades!.OnOpeningAsync(traded, isFirst, cancellationToken);
    }

    /// <summary>Tells the same that trades may have been in a frame that could not be read.</summary>
    public Task TellDoubtAsync(ConnectionPlan plan, CancellationToken cancellationToken)
    {
        var traded = TradedOn(plan);
        return traded.Length == 0 ? Task.CompletedTask : Options.Trades!.OnDoubtAsync(traded, cancellationToken);
    }

    private Instrument[] TradedOn(ConnectionPlan plan) => Options.Trades is null
        ? []
        : [.. plan.Streams.Where(stream => stream.Channel == Channel.Trades).Select(stream => stream.Instrument)];

    /// <summary>Adds what the market has to know about books to a batch.</summary>
    public void Add(EventBatch batch, IEnumerable<Instrument> books, BookState state, string reason, Timestamp until = default)
    {
        var now = Now;
        foreach (var book in books)
        {
            batch.On(new VenueStatus(book.Id, state, reason, until, now));
        }
    }
}
