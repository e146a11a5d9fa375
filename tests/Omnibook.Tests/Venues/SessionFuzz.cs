using System.Text;
using System.Text.Json;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues;

/// <summary>Real frames of a venue, damaged in every way that a seeded generator thinks of.</summary>
public abstract class SessionFuzz
{
    private const int Frames = 50_000;
    private readonly Seeds _seeds;

    private protected SessionFuzz(Seeds seeds) => _seeds = seeds;

    [Fact]
    public void No_damaged_frame_throws_or_leaves_half_of_itself()
    {
        var random = new Random(20261120);
        var desk = _seeds.Open();
        for (var i = 0; i < Frames; i++)
        {
            var frame = FrameDamage.Of(_seeds.All[random.Next(_seeds.All.Length)], random);
            desk.Batch.Clear();
            var outcome = desk.Session.Translate(frame, FrameDesk.Noon, desk.Batch);
            if (outcome.Kind != FrameKind.Data && desk.Batch.Count + desk.Batch.LevelCount != 0)
            {
                Assert.Fail($"{outcome} left something of {Encoding.UTF8.GetString(frame)}");
            }
        }
    }

    [Fact]
    public void The_quick_way_and_the_general_one_mean_the_same()
    {
        var random = new Random(11);
        var (quick, general) = (_seeds.Open(), _seeds.Open());
        for (var i = 0; i < Frames / 2; i++)
        {
            var frame = i % 10 == 0 ? _seeds.Books[i % _seeds.Books.Length] : FrameDamage.Of(_seeds.Books[i % _seeds.Books.Length], random);
            var before = quick.Session.Oddities.GeneralFrames;
            var outcome = quick.Hear(frame);
            if (outcome.Kind != FrameKind.Data || quick.Session.Oddities.GeneralFrames != before)
            {
                // Not the quick way; the other session has to meet the frame all the same.
                general.Hear([(byte)' ', .. frame]);
                continue;
            }

            // A blank at the front is another layout.
            Assert.Equal(outcome, general.Hear([(byte)' ', .. frame]));
            Assert.Equal(quick.Seen.Texts, general.Seen.Texts);
        }

        Assert.True(general.Session.Oddities.GeneralFrames > quick.Session.Oddities.GeneralFrames);
    }

    [Fact]
    public void Nothing_that_gets_through_has_an_amount_that_cannot_be()
    {
        var random = new Random(7);
        var desk = _seeds.Open();
        for (var i = 0; i < Frames / 5; i++)
        {
            desk.Hear(FrameDamage.Of(_seeds.Data[i % _seeds.Data.Length], random));
            Assert.All(desk.Seen.Books.SelectMany(book => book.Bids.Concat(book.Asks)), level => Assert.True(level.Price.Units > 0 && level.Quantity.Units >= 0));
            Assert.All(desk.Seen.Trades, trade => Assert.True(trade.Price.Units > 0 && trade.Quantity.Units > 0));
            Assert.All(desk.Seen.Liquidations, forced => Assert.True(forced.Price.Units > 0 && forced.Quantity.Units > 0));
            Assert.All(desk.Seen.Marks, mark => Assert.True(mark.Mark.Units > 0 && mark.Index.Units >= 0));
            Assert.All(desk.Seen.OpenInterests, interest => Assert.True(interest.Quantity.Units >= 0));
        }
    }

    [Fact]
    public void Frames_that_carry_market_data_allocate_nothing() => Assert.All(_seeds.Data, seed =>
    {
        FrameAllocation.AssertNone(_seeds.Open().Session, seed, FrameKind.Data);
        FrameAllocation.AssertNone(_seeds.Open().Session, [(byte)' ', .. seed], FrameKind.Data);
    });

    [Fact]
    public void Nesting_without_end_is_malformed() =>
        Assert.Equal(FrameKind.Malformed, _seeds.Open().Hear(_seeds.Opening + new string('[', 1000)).Kind);

    [Fact]
    public void Seeds_are_JSON() => Assert.All(_seeds.All, seed => JsonDocument.Parse(seed).Dispose());

    /// <summary>What the fuzzing of a venue begins with.</summary>
    /// <param name="Open">Opens a session that follows what the frames are about.</param>
    /// <param name="Opening">The beginning of a book frame, up to its data.</param>
    /// <param name="BookTexts">Frames of books.</param>
    /// <param name="OtherTexts">Frames of other data.</param>
    /// <param name="WordTexts">Frames without data: answers and errors.</param>
    internal sealed record Seeds(Func<FrameDesk> Open, string Opening, string[] BookTexts, string[] OtherTexts, string[] WordTexts)
    {
        public byte[][] Books { get; } = Bytes(BookTexts);

        public byte[][] Data { get; } = Bytes([.. BookTexts, .. OtherTexts]);

        public byte[][] All { get; } = Bytes([.. BookTexts, .. OtherTexts, .. WordTexts]);

        private static byte[][] Bytes(string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
    }
}
