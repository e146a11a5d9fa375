using System.Globalization;
using Omnibook.Core.Events;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.TreeOfAlpha;

/// <summary>
/// Tree of Alpha: made-up news, pushed at <c>/ws</c> to whoever is connected and kept at <c>/api/news?limit=N</c>. It has no markets.
/// </summary>
internal sealed class TreeOfAlphaVenue : SimulatedVenue
{
    /// <summary>The one kind of data.</summary>
    public const string Channel = "news";

    private const int Kept = 3000;
    private const int InventedHistory = 400;
    private const int UsualLimit = 100;
    private const int SentAgain = 20;
    private readonly List<Story> _archive = [];
    private readonly StoryTeller _teller;
    private readonly SeededRandom _pauses;
    private long _minute;
    private int _requests;

    /// <summary>Opens the venue with a history of some days.</summary>
    public TreeOfAlphaVenue(SimulatorOptions options, Timestamp start)
        : base("treeofalpha", options, start)
    {
        _teller = new StoryTeller(new SeededRandom(SeededRandom.SeedOf(Seed, "stories")));
        _pauses = new SeededRandom(SeededRandom.SeedOf(Seed, "pauses"));
        var moments = new long[InventedHistory];
        var moment = Schedule.Milliseconds;
        for (var i = InventedHistory - 1; i >= 0; i--)
        {
            moments[i] = moment -= _pauses.Between(10_000, 3_000_000);
        }

        _archive.AddRange(moments.Select(at => _teller.Next(at, isStrange: false)));
        Schedule.After(NextPause(), Publish);
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Channels => [Channel];

    /// <inheritdoc />
    public override int UsedWeight => Schedule.Milliseconds / 60_000 == _minute ? _requests : 0;

    /// <inheritdoc />
    public override IEnumerable<(string Stream, int Listeners)> StreamCounts => [(Channel, Connections.Count)];

    /// <inheritdoc />
    public override IReadOnlyList<PublishedNews> News => [.. _archive.Select(story => new PublishedNews(story.Id, story.Milliseconds))];

    /// <inheritdoc />
    public override long CurrentSequence(SimulatedMarket market) => throw NoMarkets();

    /// <inheritdoc />
    public override long NextSequence(SimulatedMarket market) => throw NoMarkets();

    /// <inheritdoc />
    public override void OnChange(SimulatedMarket market, in LevelChange change) => throw NoMarkets();

    /// <inheritdoc />
    public override void OnTrade(SimulatedMarket market, in MarketTrade trade) => throw NoMarkets();

    /// <inheritdoc />
    protected override VenueConnection? Open(string path, string streams)
    {
        if (path != "/ws")
        {
            return null;
        }

        var connection = new TreeOfAlphaConnection(this);
        if (Faults.Use("resend-news") is not null)
        {
            foreach (var story in _archive.TakeLast(SentAgain))
            {
                connection.Send(FrameTag.Data(null, Channel), StoryText.Push(Json, story));
            }
        }

        return connection;
    }

    /// <inheritdoc />
    protected override RestAnswer Reply(RestCall call)
    {
        var minute = Schedule.Milliseconds / 60_000;
        (_requests, _minute) = (minute == _minute ? _requests + 1 : 1, minute);
        return call is { Method: "GET", Path: "/api/news" }
            ? SnapshotFaults.Apply(Faults, Channel, lag => History(call, Schedule.Milliseconds - lag))
            : RestAnswer.Json(404, ErrorBody(404));
    }

    /// <inheritdoc />
    protected override string Subject(RestCall call) =>
        call.Query.TryGetValue("limit", out var limit) ? $"{call.Path}?limit={limit}" : call.Path;

    /// <inheritdoc />
    protected override string ErrorBody(int status) => $"{{\"error\":\"status {status.ToString(CultureInfo.InvariantCulture)}\"}}";

    private static InvalidOperationException NoMarkets() => new("Tree of Alpha has no markets.");

    private RestAnswer History(RestCall call, long until)
    {
        var isNumber = int.TryParse(call.Query.GetValueOrDefault("limit"), NumberStyles.None, CultureInfo.InvariantCulture, out var limit);
        var newestFirst = _archive.AsEnumerable().Reverse().Where(story => story.Milliseconds <= until).Take(isNumber ? Math.Min(limit, Kept) : UsualLimit);
        return new RestAnswer(200, StoryText.History(Json, newestFirst, hasDebris: Faults.Find("strange-text") is not null));
    }

    private TimeSpan NextPause() => Options.NewsInterval * (_pauses.Between(500, 1500) / 1000.0);

    private void Publish()
    {
        var isStrange = Faults.Use("strange-text") is not null;
        var story = _teller.Next(Schedule.Milliseconds, isStrange);
        _archive.Add(story);
        if (_archive.Count > Kept)
        {
            _archive.RemoveAt(0);
        }

        var frame = StoryText.Push(Json, story);
        foreach (var connection in Connections.OfType<TreeOfAlphaConnection>().ToList())
        {
            if (isStrange)
            {
                connection.Say("words that are no JSON");
            }

            connection.Send(FrameTag.Data(null, Channel), frame);
        }

        Schedule.After(NextPause(), Publish);
    }
}
