using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History.Journal;
using Omnibook.History.Segments;
using Omnibook.Tests.Time;

namespace Omnibook.Tests.History.Journal;

/// <summary>A market and its journal in a folder of their own.</summary>
internal sealed class JournalDesk : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-journal-");
    private MarketJournal? _journal;
    private Market? _market;
    private MadeEvents? _made;

    public ManualTimeProvider Time { get; } = new();

    public JournalOptions Options { get; init; } = new();

    public InstrumentCatalog Catalog { get; private set; } = NewCatalog();

    public List<SegmentDamage> Damage { get; } = [];

    public MarketJournal Journal => _journal ??= new MarketJournal(_folder.FullName, Options, Catalog, Time);

    public Market Market => _market ??= new Market(Catalog, [], new MarketOptions { EarlierTradesOf = Journal.Tail.Take });

    public long DiskBytes => _folder.EnumerateFiles().Sum(file => file.Length);

    /// <summary>Lets trades happen, and gives them.</summary>
    public Trade[] Trade(int count, int inBurstsOf = 7)
    {
        _made ??= new MadeEvents(11, Catalog);
        Trade[] trades = [.. Enumerable.Range(0, count).Select(_ => _made.Trade()).Select(AtOurTime)];
        foreach (var burst in trades.Chunk(inBurstsOf))
        {
            Apply(market => Array.ForEach(burst, trade => market.On(trade)));
        }

        return trades;
    }

    /// <summary>Lets trades of one instrument happen.</summary>
    public void TradeOf(int instrument, int count)
    {
        _made ??= new MadeEvents(11, Catalog);
        for (var i = 0; i < count; i++)
        {
            Apply(market => market.On(AtOurTime(_made.Trade()) with { Instrument = new InstrumentId(instrument) }));
        }
    }

    /// <summary>Something happens to the market, and the journal is told what changed.</summary>
    public void Apply(Action<Market> happens)
    {
        happens(Market);
        Journal.Append(Market.Changes);
        Market.Changes.Clear();
    }

    /// <summary>Everything that the journal holds from a position on.</summary>
    public EventList Read(long from = 0)
    {
        Damage.Clear();
        var list = new EventList();
        var catalog = NewCatalog();
        using var reader = new JournalReader(_folder.FullName, from, catalog, Damage.Add);
        while (reader.Read(list))
        {
            Assert.True(reader.Next > from);
        }

        return list;
    }

    /// <summary>Ends the journal and the market, and begins both anew in the same folder, with an empty catalog.</summary>
    public async Task RestartAsync()
    {
        await CloseAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        Catalog = NewCatalog();
        _market = null;
    }

    public async Task CloseAsync()
    {
        if (_journal is not null)
        {
            await _journal.DisposeAsync();
            _journal = null;
        }
    }

    /// <summary>Flips bits of each file.</summary>
    public void FlipBits(int ofEach)
    {
        var random = new Random(99);
        foreach (var file in _folder.EnumerateFiles())
        {
            var bytes = File.ReadAllBytes(file.FullName);
            for (var i = 0; i < ofEach; i++)
            {
                bytes[random.Next(bytes.Length)] ^= 0x04;
            }

            File.WriteAllBytes(file.FullName, bytes);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Delete(recursive: true);
    }

    private static InstrumentCatalog NewCatalog()
    {
        var catalog = new InstrumentCatalog();
        catalog.Register(MadeEvents.Listing("BTCUSDT"));
        catalog.Register(MadeEvents.Listing("ETHUSDT", tick: 10, lot: 1));
        return catalog;
    }

    private Trade AtOurTime(Trade trade) => trade with { Times = trade.Times with { ReceivedAt = Timestamp.From(Time.GetUtcNow()) } };
}
