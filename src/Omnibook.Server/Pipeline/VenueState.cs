using Omnibook.Core.Books;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline.Trades;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Server.Pipeline;

/// <summary>How a venue is doing, as far as its connections are concerned. Read from any thread.</summary>
internal sealed record VenueState
{
    /// <summary>Which venue.</summary>
    public required VenueId Id { get; init; }

    /// <summary>Where it is.</summary>
    public required VenueAddresses Addresses { get; init; }

    /// <summary>
    /// Until its instruments are known: <see cref="BookState.Connecting"/>, <see cref="BookState.RateLimited"/> or <see cref="BookState.GeoBlocked"/>,
    /// and nothing of it has a book yet. Then null: the books and <see cref="Feeds"/> speak for themselves.
    /// </summary>
    public BookState? Listing { get; init; }

    /// <summary>Why its instruments are not known; empty when they are.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Since when <see cref="Listing"/> is what it is.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the venue is asked for its instruments again; null when it is being asked, or was.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Everything that is configured to be followed there, in the venue's spelling.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>What of <see cref="Symbols"/> the venue does not list.</summary>
    public IReadOnlyList<string> Unlisted { get; init; } = [];

    /// <summary>The instruments that are followed.</summary>
    public IReadOnlyList<Instrument> Instruments { get; init; } = [];

    /// <summary>How its news comes; null for a venue that tells none.</summary>
    public NewsPollStatus? News { get; init; }

    /// <summary>Its connections.</summary>
    public IReadOnlyList<FeedStatus> Feeds { get; init; } = [];

    /// <summary>Trades that were missed, fetched and lost.</summary>
    public TradeHoleReport Trades { get; init; } = TradeHoleReport.None;
}
