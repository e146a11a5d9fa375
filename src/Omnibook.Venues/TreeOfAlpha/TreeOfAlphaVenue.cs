using System.Text;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.TreeOfAlpha;

/// <summary>Tree of Alpha: posts, articles and exchanges' notices, pushed over a socket and kept in a history. It has no instruments.</summary>
/// <seealso href="https://docs.treeofalpha.com/websockets"/>
/// <param name="id">The key.</param>
/// <param name="addresses">Hosts, without the paths <c>api/news</c> and <c>ws</c>; and the key of an account, which gets news undelayed and from more sources.</param>
public sealed class TreeOfAlphaVenue(VenueId id, VenueAddresses addresses) : IVenue
{
    /// <summary>The main feed, open to all.</summary>
    public static VenueAddresses Public { get; } =
        new(new Uri("https://news.treeofalpha.com/"), new Uri("wss://news.treeofalpha.com/"));

    /// <inheritdoc />
    public VenueId Id => id;

    /// <inheritdoc />
    public VenueRules Rules => TreeOfAlphaRules.Public;

    /// <inheritdoc />
    public NewsPlan News => new(
        new ConnectionPlan("news", new Uri(addresses.Socket, "ws"), []),
        new NewsHistory
        {
            // The venue keeps about 3,000 items, some seven days.
            Pages = [20, 100, 500, 3000],
            Request = limit => new RestRequest(FormattableString.Invariant($"api/news?limit={limit}"), 1),
            TryTranslate = (body, receivedAt, batch) => NewsHistoryReader.TryRead(id, body, receivedAt, batch),
        });

    /// <summary>None: it tells of everything that is traded, and trades nothing.</summary>
    public Task<IReadOnlyList<InstrumentListing>> ListInstrumentsAsync(VenueRest rest, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<InstrumentListing>>([]);

    /// <summary>None, for want of instruments; its one socket is that of the <see cref="News"/>.</summary>
    public IReadOnlyList<ConnectionPlan> Plan(IReadOnlyList<Instrument> instruments) => [];

    /// <inheritdoc />
    public IVenueSession OpenSession(ConnectionPlan plan, Func<string, Instrument?>? unknown = null) =>
        new TreeOfAlphaSession(id, addresses.Key is { Length: > 0 } key ? [Encoding.UTF8.GetBytes($"login {key}")] : []);

    /// <summary>None: there are no books.</summary>
    public RestRequest? SnapshotRequest(Instrument instrument) => null;

    /// <summary>Never: there are no books.</summary>
    public bool TryTranslateSnapshot(Instrument instrument, ReadOnlySpan<byte> body, Timestamp receivedAt, EventBatch batch) => false;
}
