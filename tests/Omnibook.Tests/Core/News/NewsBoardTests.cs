using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.News;

namespace Omnibook.Tests.Core.News;

public sealed class NewsBoardTests
{
    private readonly Market _market = new(new InstrumentCatalog(), []);

    [Fact]
    public void An_item_is_a_change_once_and_then_a_repetition_whatever_its_text()
    {
        _market.On(Item("a", 1));
        _market.On(Item("a", 2) with { Title = "corrected", IsFromHistory = true });
        _market.On(Item("a", 3) with { Venue = new VenueId("another") });

        Assert.Equal(["venue/a", "another/a"], _market.Changes.News.Select(item => $"{item.Venue}/{item.Id}"));
        Assert.Equal((2, 1, 0), (_market.News.Count, _market.News.Duplicates, _market.News.FromHistory));
        Assert.Equal("title a", _market.News.Recent[0].Title);
        _market.Changes.Clear();
        Assert.Empty(_market.Changes.News);
    }

    [Fact]
    public void What_fills_a_hole_is_shown_where_it_belongs()
    {
        foreach (var (id, second) in new[] { ("a", 1), ("d", 4), ("b", 2), ("c", 3) })
        {
            _market.On(Item(id, second));
        }

        Assert.Equal("abcd", string.Concat(_market.News.Recent.Select(item => item.Id)));
        Assert.Equal("adbc", string.Concat(_market.Changes.News.Select(item => item.Id)));
    }

    [Fact]
    public void A_moment_that_is_yet_to_come_or_unknown_is_that_of_the_receipt()
    {
        _market.On(Item("late", 5) with { Times = new EventTimes(At(5), At(6)) });
        Assert.Equal(At(6), _market.Now);
        _market.On(Item("dreamt", 5) with { Times = new EventTimes(At(1_000_000), At(4)) });
        _market.On(Item("untimed", 5) with { Times = new EventTimes(default, At(3)) });
        Assert.Equal(["untimed", "dreamt", "late"], _market.News.Recent.Select(item => item.Id));
    }

    [Fact]
    public void The_latest_are_kept_and_the_oldest_go_but_are_still_known()
    {
        for (var i = 0; i < NewsBoard.MaxIdentities; i++)
        {
            _market.On(Item($"{i}", i + 1));
        }

        Assert.Equal(NewsBoard.MaxRecent, _market.News.Recent.Count);
        Assert.Equal($"{NewsBoard.MaxIdentities - 1}", _market.News.Recent[^1].Id);
        _market.On(Item("0", 1));
        Assert.Equal(1, _market.News.Duplicates);
        _market.On(Item("one more", 20_000));
        _market.On(Item("0", 1));
        Assert.Equal(1, _market.News.Duplicates);
        Assert.NotEqual("0", _market.News.Recent[0].Id);
    }

    [Fact]
    public void Texts_of_strangers_are_bounded()
    {
        var item = Item("a", 1) with
        {
            Title = new string('t', NewsItem.MaxTitle - 1) + "\U0001F600",
            Body = new string('b', 1_000_000),
            Url = "https://example.org/" + new string('u', NewsItem.MaxAddress),
            Image = "javascript:alert(1)",
            Symbols = [.. Enumerable.Range(0, 1000).Select(i => $"S{i % 40}"), new string('x', 65), ""],
        };
        Assert.Equal(NewsItem.MaxTitle - 1, item.Title.Length);
        Assert.Equal(NewsItem.MaxBody, item.Body.Length);
        Assert.Equal(("", ""), (item.Url, item.Image));
        Assert.Equal(NewsItem.MaxNames, item.Symbols.Count);
        Assert.Throws<ArgumentException>(() => Item(new string('i', NewsItem.MaxId + 1), 1));
        Assert.Throws<ArgumentException>(() => Item("", 1));
    }

    [Theory]
    [InlineData("title", "body", "author", "title")]
    [InlineData("", "body", "author", "body")]
    [InlineData("", "", "author", "author")]
    public void A_headline_is_the_best_line_there_is(string title, string body, string author, string headline) =>
        Assert.Equal(headline, (Item("a", 1) with { Title = title, Body = body, Author = author }).Headline);

    private static Timestamp At(int seconds) => Timestamp.FromMilliseconds(1_790_000_000_000 + seconds * 1000L);

    private static NewsItem Item(string id, int second) =>
        new() { Venue = new VenueId("venue"), Id = id, Title = $"title {id}", Times = new EventTimes(At(second), At(second)) };
}
