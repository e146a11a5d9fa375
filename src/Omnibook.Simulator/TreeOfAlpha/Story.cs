namespace Omnibook.Simulator.TreeOfAlpha;

/// <summary>The families of items, as the venue tells them apart.</summary>
internal enum StoryKind
{
    /// <summary>A post on Twitter: <c>"type":"direct"</c>.</summary>
    Post,

    /// <summary>A message of a channel: <c>"type":"telegram"</c>.</summary>
    ChannelMessage,

    /// <summary>An article, with a source.</summary>
    Article,

    /// <summary>An exchange's notice, with a source and symbols, and at times a translation.</summary>
    Notice,
}

/// <summary>One made-up item.</summary>
internal sealed record Story
{
    /// <summary>Its <c>_id</c>: 24 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>Its family.</summary>
    public required StoryKind Kind { get; init; }

    /// <summary>When it was published, Unix milliseconds.</summary>
    public required long Milliseconds { get; init; }

    /// <summary>How much later the venue had it.</summary>
    public required int DelayMilliseconds { get; init; }

    /// <summary>The author of a post or the name of a channel; otherwise the title.</summary>
    public required string Title { get; init; }

    /// <summary>The text; empty for most articles and notices.</summary>
    public string Body { get; init; } = "";

    /// <summary>The source of an article or a notice; empty for the others.</summary>
    public string Source { get; init; } = "";

    /// <summary>Where it can be read.</summary>
    public required string Link { get; init; }

    /// <summary>A picture, or null.</summary>
    public string? Image { get; init; }

    /// <summary>The translation of a title that is not English, or null.</summary>
    public string? English { get; init; }

    /// <summary>What it is about, or null.</summary>
    public string? Coin { get; init; }

    /// <summary>Whether the venue suggests instruments, if it is about a coin.</summary>
    public bool HasSuggestions { get; init; }

    /// <summary>Of a post, whether it quotes, replies and repeats.</summary>
    public (bool IsQuote, bool IsReply, bool IsRetweet) Manner { get; init; }
}
