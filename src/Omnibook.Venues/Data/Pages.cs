using Omnibook.Core.Events;

namespace Omnibook.Venues.Data;

/// <summary>Puts a list together that a venue answers in pages.</summary>
internal static class Pages
{
    // A user's longest list is 1,500 rows, the smallest page 25. More is a list that does not end.
    private const int MaxPages = 100;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    /// <summary>Asks until there are enough rows, or no more.</summary>
    /// <param name="range">What is wanted.</param>
    /// <param name="timeOf">The time of a row; rows of one list have different ones.</param>
    /// <param name="page">The most rows of one answer.</param>
    /// <param name="ask">
    /// Asks for one page of a range, of at most <paramref name="page"/> rows, in any order. Rows outside the range are left out. None means that there are no more.
    /// </param>
    /// <returns>Oldest first.</returns>
    /// <exception cref="VenueRequestException">A page failed, or there were too many.</exception>
    public static async Task<IReadOnlyList<T>> ReadAsync<T>(
        DataRange range, Func<T, Timestamp> timeOf, int page, Func<DataRange, Task<IReadOnlyList<T>>> ask)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(range.Limit, 1, nameof(range));
        List<T> rows = [];
        var missing = range;
        for (var pages = 0; rows.Count < range.Limit && !(missing.From > missing.To); pages++)
        {
            if (pages == MaxPages)
            {
                throw new VenueRequestException(RequestFailure.Unreadable, $"The list did not end after {MaxPages} pages.");
            }

            var answer = await ask(missing with { Limit = Math.Min(page, range.Limit - rows.Count) });
            var fresh = answer.Where(row => IsWithin(timeOf(row), missing)).OrderBy(timeOf).ToArray();
            if (fresh.Length == 0)
            {
                break;
            }

            rows.InsertRange(range.From is null ? 0 : rows.Count, fresh);
            missing = range.From is null
                ? missing with { To = timeOf(fresh[0]) + -Step }
                : missing with { From = timeOf(fresh[^1]) + Step };
        }

        var count = Math.Min(range.Limit, rows.Count);
        return rows.GetRange(range.From is null ? rows.Count - count : 0, count);
    }

    private static bool IsWithin(Timestamp time, DataRange range) =>
        !(range.From is { } from && time < from) && !(range.To is { } to && time > to);
}
