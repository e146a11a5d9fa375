using Omnibook.Core.Instruments;

namespace Omnibook.Core.Events;

/// <summary>
/// A piece of news, of whatever a venue of news tells of: a post, an article, an exchange's notice. Rare, and so an object of its own;
/// bounded, since it is written by strangers: longer texts are cut, longer lists lose their end. Texts are as they came and are to be
/// escaped by whoever shows them.
/// </summary>
public sealed record NewsItem
{
    /// <summary>Longest identity, in UTF-16 units. It is not cut, since two could then be one: a longer one is no identity.</summary>
    public const int MaxId = 128;

    /// <summary>Longest title, translation, author or source, in UTF-16 units.</summary>
    public const int MaxTitle = 1_000;

    /// <summary>Longest body, in UTF-16 units.</summary>
    public const int MaxBody = 10_000;

    /// <summary>Longest address, in UTF-16 units. A longer one leads nowhere when it is cut, and is left out.</summary>
    public const int MaxAddress = 2_048;

    /// <summary>How many symbols or coins are kept.</summary>
    public const int MaxNames = 32;

    private const int MaxName = 64;

    /// <summary>The venue that told it.</summary>
    public required VenueId Venue { get; init; }

    /// <summary>The venue's identity of it: the same on the socket and in the history.</summary>
    /// <exception cref="ArgumentException">It is empty or longer than <see cref="MaxId"/>.</exception>
    public required string Id
    {
        get;
        init => field = value.Length is > 0 and <= MaxId ? value : throw new ArgumentException($"An identity has 1 to {MaxId} characters.", nameof(value));
    }

    /// <summary>Where the venue has it from: <c>Binance EN</c>, <c>Blogs</c>, <c>Twitter</c>; empty when it does not say.</summary>
    public string Source { get; init => field = Cut(value, MaxTitle); } = "";

    /// <summary>Who wrote it, for a post: <c>Name (@handle)</c>; otherwise empty.</summary>
    public string Author { get; init => field = Cut(value, MaxTitle); } = "";

    /// <summary>The title; empty for a post, which has an author and a body.</summary>
    public string Title { get; init => field = Cut(value, MaxTitle); } = "";

    /// <summary>The venue's English translation of the title; empty when there is none.</summary>
    public string EnglishTitle { get; init => field = Cut(value, MaxTitle); } = "";

    /// <summary>The text; empty when the title is all there is.</summary>
    public string Body { get; init => field = Cut(value, MaxBody); } = "";

    /// <summary>Where it can be read, http or https; empty when the venue gives none.</summary>
    public string Url { get; init => field = Address(value); } = "";

    /// <summary>A picture, http or https; empty when there is none.</summary>
    public string Image { get; init => field = Address(value); } = "";

    /// <summary>The instruments that the venue thinks it is about, as it spells them: <c>BTC_USDT</c>, <c>BTCUSDT</c>.</summary>
    public IReadOnlyList<string> Symbols { get; init => field = Names(value); } = [];

    /// <summary>The assets that the venue thinks it is about: <c>BTC</c>.</summary>
    public IReadOnlyList<string> Coins { get; init => field = Names(value); } = [];

    /// <summary>When it was published, by the venue's clock, and when it was received, by ours.</summary>
    public required EventTimes Times { get; init; }

    /// <summary>Whether it was asked for afterwards, and not pushed when it happened.</summary>
    public bool IsFromHistory { get; init; }

    /// <summary>What to show in one line: the title, or else what a post says, or else who says it.</summary>
    public string Headline => Title.Length > 0 ? Title : Body.Length > 0 ? Body : Author;

    /// <summary>When it was published, or received where the venue does not say, or says a moment that was yet to come.</summary>
    public Timestamp At => Times.VenueTime.IsUnknown || Times.VenueTime > Times.ReceivedAt ? Times.ReceivedAt : Times.VenueTime;

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    /// <summary>Other schemes run code or open programs where somebody follows them.</summary>
    private static string Address(string text) =>
        text.Length <= MaxAddress && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? text : "";

    private static string[] Names(IReadOnlyList<string> names) =>
        [.. names.Where(name => name.Length is > 0 and <= MaxName).Distinct(StringComparer.Ordinal).Take(MaxNames)];
}
