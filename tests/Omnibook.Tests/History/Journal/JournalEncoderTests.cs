using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History.Journal;

namespace Omnibook.Tests.History.Journal;

public sealed class JournalEncoderTests
{
    private readonly InstrumentCatalog _catalog = new();

    public JournalEncoderTests()
    {
        _catalog.Register(MadeEvents.Listing("BTCUSDT"));
        _catalog.Register(MadeEvents.Listing("ETHUSDT", tick: 10, lot: 1000));
        _catalog.Register(MadeEvents.Listing("XRPUSDT", 18, 18, tick: 500_000, lot: 7));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_event_is_read_as_it_was_written(int seed)
    {
        var made = new MadeEvents(seed, _catalog);
        var encoder = new JournalEncoder(_catalog);
        var decoder = Decoder();
        for (var record = 0; record < 50; record++)
        {
            object[] events = [.. Enumerable.Range(0, 100).Select(_ => made.Any())];
            Array.ForEach(events, one => EventList.Tell(one, encoder));
            Assert.Equal(100, encoder.Count);
            var read = new EventList();
            decoder.Decode(encoder.Written, 0, read);
            Assert.Equal(events.Select(Text), read.Events.Select(Text));
            encoder.Clear();
        }
    }

    [Fact]
    public void The_beginning_of_a_record_can_be_left_out()
    {
        var made = new MadeEvents(4, _catalog);
        var encoder = new JournalEncoder(_catalog);
        Trade[] trades = [.. Enumerable.Range(0, 20).Select(_ => made.Trade())];
        Array.ForEach(trades, trade => encoder.On(trade));
        var read = new EventList();
        Decoder().Decode(encoder.Written, 12, read);
        Assert.Equal(trades[12..], read.Trades);
    }

    [Fact]
    public void A_trade_of_a_busy_market_takes_less_than_nine_bytes()
    {
        var made = new MadeEvents(5, _catalog);
        var encoder = new JournalEncoder(_catalog);
        for (var i = 0; i < 500; i++)
        {
            encoder.On(made.Trade());
        }

        Assert.InRange(encoder.Length, 500, 500 * 9);
    }

    [Fact]
    public void Nothing_is_allocated_for_a_trade()
    {
        var made = new MadeEvents(6, _catalog);
        var encoder = new JournalEncoder(_catalog);
        Trade[] trades = [.. Enumerable.Range(0, 500).Select(_ => made.Trade())];
        var (decoder, counter) = (Decoder(), new TradeCounter());
        Pass(encoder, decoder, trades, counter);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Pass(encoder, decoder, trades, counter);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
        Assert.Equal(101 * 500, counter.Trades);
    }

    [Fact]
    public void A_record_that_is_cut_anywhere_is_refused_or_read_as_far_as_it_goes()
    {
        var made = new MadeEvents(7, _catalog);
        var encoder = new JournalEncoder(_catalog);
        object[] events = [.. Enumerable.Range(0, 30).Select(_ => made.Any())];
        Array.ForEach(events, one => EventList.Tell(one, encoder));
        var whole = encoder.Written.ToArray();
        for (var length = 0; length < whole.Length; length++)
        {
            var read = new EventList();
            try
            {
                Decoder().Decode(whole.AsSpan(0, length), 0, read);
            }
            catch (InvalidDataException)
            {
                Assert.True(read.Events.Count < events.Length);
            }

            Assert.Equal(events.Take(read.Events.Count).Select(Text), read.Events.Select(Text));
        }
    }

    [Fact]
    public void Amounts_are_told_in_the_decimals_that_the_reader_knows()
    {
        var written = new ListedInstrument(new Instrument(new InstrumentId(0), MadeEvents.Listing("BTCUSDT", 3, 3)), MadeEvents.Listing("BTCUSDT", 1, 5));
        Assert.Equal(new Price(61_800_200), written.Price(618_002));
        Assert.Equal(new Quantity(12), written.Quantity(1200));
        Assert.Throws<InvalidDataException>(() => written.Quantity(1201));
    }

    private static void Pass(JournalEncoder encoder, JournalDecoder decoder, Trade[] trades, TradeCounter counter)
    {
        foreach (ref readonly var trade in trades.AsSpan())
        {
            encoder.On(trade);
        }

        decoder.Decode(encoder.Written, 0, counter);
        encoder.Clear();
    }

    private static string Text(object made) => made switch
    {
        MadeBook book => $"{book.Snapshot} {string.Join(' ', book.Bids)} | {string.Join(' ', book.Asks)}",
        NewsItem news => $"{news.Venue} {news.Id} {news.Title} {news.Body} {news.Url} {string.Join(' ', news.Symbols)} {news.Coins.Count} {news.Times} {news.IsFromHistory}",
        _ => made.ToString()!,
    };

    private JournalDecoder Decoder() =>
        new() { Instruments = [.. _catalog.Instruments.Select(instrument => new ListedInstrument(instrument, instrument.Listing))] };

    private sealed class TradeCounter : JournalObserver
    {
        public int Trades { get; private set; }

        public override void On(in Trade trade) => Trades++;
    }
}
