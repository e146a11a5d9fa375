using Omnibook.Core.Books;

namespace Omnibook.Tests.Core.Books;

public sealed class SnapshotDemandTests
{
    private const long Second = 1_000_000_000;

    private readonly SnapshotDemand _demand = new(BookOptions.Default);

    [Fact]
    public void A_need_is_asked_for_once_until_the_answer_is_overdue()
    {
        _demand.Want(0);
        Assert.True(_demand.TryAsk(0));
        _demand.Want(Second);
        Assert.False(_demand.TryAsk(9 * Second));
        Assert.True(_demand.TryAsk(10 * Second));
    }

    [Fact]
    public void A_stream_that_breaks_after_every_snapshot_costs_less_than_one_snapshot_in_twenty_seconds()
    {
        var asked = AskedWhilePoisoned(TimeSpan.FromMinutes(10));
        Assert.InRange(asked, 10, 30);
        Assert.True(_demand.TakeReconnect());
    }

    [Fact]
    public void A_fault_of_a_moment_is_over_after_two_seconds_and_a_lasting_one_is_asked_less_and_less()
    {
        List<long> asked = [];
        for (var tenth = 0L; tenth < 1500; tenth++)
        {
            var now = tenth * Second / 10;
            if (_demand.TryAsk(now))
            {
                asked.Add(tenth);
                _demand.Answered();
            }

            _demand.Failed(now);
            _demand.AskAt(now);
        }

        Assert.Equal([1, 2, 22, 222, 622, 1222], asked);
    }

    [Fact]
    public void Once_the_stream_is_well_the_book_forgets_its_failures()
    {
        AskedWhilePoisoned(TimeSpan.FromMinutes(1));
        Assert.True(_demand.TryAsk((60 + 60) * Second));
        _demand.Answered();
        for (var message = 0; message < BookOptions.Default.GoodMessages; message++)
        {
            _demand.Succeeded();
        }

        _demand.Failed(130 * Second);
        _demand.AskAt(130 * Second);
        Assert.True(_demand.TryAsk(130 * Second));
    }

    private int AskedWhilePoisoned(TimeSpan howLong)
    {
        var asked = 0;
        for (var second = 0L; second < (long)howLong.TotalSeconds; second++)
        {
            if (_demand.TryAsk(second * Second))
            {
                asked++;
                _demand.Answered();
                _demand.Succeeded();
            }

            _demand.Failed(second * Second);
            _demand.AskAt(second * Second);
        }

        return asked;
    }
}
