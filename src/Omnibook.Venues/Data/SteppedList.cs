using Omnibook.Core.Derived;
using Omnibook.Core.Events;

namespace Omnibook.Venues.Data;

/// <summary>
/// A list with one row a step (candles, statistics) of a venue that does not say which rows it leaves out when more lie between two moments than
/// it answers: asked for window by window, none of which can hold more.
/// </summary>
/// <typeparam name="T">Kind of the rows.</typeparam>
internal sealed record SteppedList<T>
{
    // Where a venue leaves out what nobody traded, a list may be sparse: a user's request is not worth more of them.
    private const int MostWindows = 12;

    // Both ends of a range belong to it.
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(-1);

    /// <summary>From one row to the next.</summary>
    public required CandleInterval Step { get; init; }

    /// <summary>The longest step that the venue has, which shows quickly where a list begins.</summary>
    public required CandleInterval Longest { get; init; }

    /// <summary>The most rows of one answer.</summary>
    public required int Page { get; init; }

    /// <summary>How far back the venue remembers; nothing earlier is asked for.</summary>
    public TimeSpan? Memory { get; init; }

    /// <summary>Whether the newest rows can be asked for without saying when.</summary>
    public bool AnswersNewest { get; init; }

    /// <summary>The time of a row.</summary>
    public required Func<T, Timestamp> TimeOf { get; init; }

    /// <summary>Asks for the venue's clock.</summary>
    public required Func<Task<Timestamp>> Now { get; init; }

    /// <summary>
    /// Asks for the rows of a step from the first moment to the second, both included, in any order, at most so many. Both moments are null where the
    /// newest are wanted and <see cref="AnswersNewest"/> is true.
    /// </summary>
    public required Func<CandleInterval, Timestamp?, Timestamp?, int, Task<IReadOnlyList<T>>> Ask { get; init; }

    /// <summary>Reads a range, oldest first. Of a sparse list it may be fewer than were asked for.</summary>
    /// <exception cref="VenueRequestException">A request failed.</exception>
    public async Task<IReadOnlyList<T>> ReadAsync(DataRange range)
    {
        if (range is { From: null, To: null } && AnswersNewest)
        {
            return await Pages.ReadAsync(range, TimeOf, Page, page => page.To is { } to ? BackwardAsync(to, page.Limit) : Ask(Step, null, null, page.Limit));
        }

        var now = await Now();
        var first = Memory is { } memory ? now + -memory : default;
        var bounded = range with { To = range.To < now ? range.To : now, From = range.From < first ? first : range.From };
        var pages = 0;
        return await Pages.ReadAsync(bounded, TimeOf, Page, page => pages++ == MostWindows
            ? Task.FromResult<IReadOnlyList<T>>([])
            : page.From is { } from
                ? ForwardAsync(from, page.To!.Value, pages == 1 ? page.Limit : Page)
                : BackwardAsync(page.To!.Value, pages == 1 ? page.Limit : Page));
    }

    private Task<IReadOnlyList<T>> BackwardAsync(Timestamp to, int limit) => Ask(Step, Step.StartOf(to) + -Span(Step, limit - 1), to, limit);

    /// <summary>The first window that is not empty. Where one is, the list may go on much later.</summary>
    private async Task<IReadOnlyList<T>> ForwardAsync(Timestamp from, Timestamp to, int limit)
    {
        for (var windows = 0; windows < MostWindows && !(from > to); windows++)
        {
            if (await WindowAsync(Step, from, to, limit) is { Count: > 0 } rows)
            {
                return rows;
            }

            from += Span(Step, limit);
            from = Step.Length < Longest.Length ? await BeginningAfterAsync(from, to) : from;
            limit = Page;
        }

        return [];
    }

    private async Task<Timestamp> BeginningAfterAsync(Timestamp from, Timestamp to)
    {
        for (var start = Longest.StartOf(from); !(start > to); start += Span(Longest, Page))
        {
            if (await WindowAsync(Longest, start, to, Page) is { Count: > 0 } rows)
            {
                var first = rows.Min(TimeOf);
                return first > from ? first : from;
            }
        }

        return to + Longest.Length;
    }

    private Task<IReadOnlyList<T>> WindowAsync(CandleInterval step, Timestamp from, Timestamp to, int count)
    {
        var end = from + Span(step, count) + Instant;
        return Ask(step, from, end < to ? end : to, count);
    }

    /// <summary>Within which there are never more than so many rows, wherever it begins; months are not alike.</summary>
    private static TimeSpan Span(CandleInterval step, int count) => (step.IsMonth ? TimeSpan.FromDays(28) : step.Length) * count;
}
