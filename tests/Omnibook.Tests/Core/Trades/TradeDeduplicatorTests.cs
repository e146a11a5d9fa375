using Omnibook.Core.Trades;

namespace Omnibook.Tests.Core.Trades;

public sealed class TradeDeduplicatorTests
{
    private readonly TradeDeduplicator _it = new();

    [Fact]
    public void A_trade_that_was_seen_is_not_new_whatever_its_kind_of_id()
    {
        foreach (var id in new[] { 500L, 3, 900_000_000_000, 0, -4, long.MaxValue })
        {
            Assert.True(_it.IsNew(id, 1));
            Assert.False(_it.IsNew(id, 1));
        }

        Assert.Equal(6, _it.Duplicates);
    }

    [Fact]
    public void Random_ids_are_told_from_those_seen_over_the_last_ten_thousand()
    {
        var random = new Random(5);
        var ids = Enumerable.Range(0, 60_000).Select(_ => random.NextInt64(0, 1L << 50)).Distinct().ToArray();
        for (var i = 0; i < ids.Length; i++)
        {
            Assert.True(_it.IsNew(ids[i], i));
            Assert.False(_it.IsNew(ids[Math.Max(0, i - random.Next(IdentitySet.MaxCount))], i));
        }
    }

    [Fact]
    public void The_set_of_identities_agrees_with_a_naive_one()
    {
        var (set, naive, order) = (new IdentitySet(), new HashSet<long>(), new Queue<long>());
        var random = new Random(6);
        for (var i = 0; i < 100_000; i++)
        {
            var id = random.NextInt64(0, 30_000);
            var isNew = naive.Add(id);
            Assert.Equal(isNew, set.Add(id));
            if (isNew)
            {
                order.Enqueue(id);
            }

            if (order.Count > IdentitySet.MaxCount)
            {
                naive.Remove(order.Dequeue());
            }
        }

        Assert.Equal(naive.Count, set.Count);
    }

    [Fact]
    public void A_late_trade_of_a_venue_that_counts_is_new_and_one_sent_again_is_not()
    {
        for (var id = 1; id <= 200; id++)
        {
            Assert.True(_it.IsNew(id, id));
        }

        Assert.True(_it.IsNew(205, 205));
        Assert.True(_it.IsNew(203, 203));
        Assert.False(_it.IsNew(203, 203));
        Assert.False(_it.IsNew(150, 150));
        Assert.True(_it.IsNew(9_000, 300));
        Assert.False(_it.IsNew(205, 205));
        Assert.False(_it.IsNew(1, 1));
    }

    [Fact]
    public void Trades_that_are_told_after_those_that_followed_them_are_new_once()
    {
        var random = new Random(20261120);
        for (var round = 0; round < 200; round++)
        {
            var (it, seen, next) = (new TradeDeduplicator(), new HashSet<long>(), 1_000_000L);
            for (var burst = 0; burst < 20; burst++)
            {
                // A few live ones after a hole, then the hole from its beginning, the live ones among it.
                var hole = next;
                next += random.Next(300);
                for (var live = random.Next(10); live > 0; live--, next += random.Next(1, 60))
                {
                    Assert.True(it.IsNew(next, next) && seen.Add(next));
                }

                for (var id = hole; id < next; id++)
                {
                    Assert.True(it.IsNew(id, id) == seen.Add(id), $"{id} in round {round}");
                }
            }
        }
    }

    [Fact]
    public void A_venue_that_counts_its_trades_anew_is_believed()
    {
        for (var id = 1_000_000; id < 1_000_200; id++)
        {
            _it.IsNew(id, id);
        }

        Assert.True(_it.IsNew(1, 2_000_000));
        Assert.True(_it.IsNew(2, 2_000_001));
        Assert.False(_it.IsNew(2, 2_000_001));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_is_allocated_once_it_is_warm(bool counted)
    {
        var random = new Random(8);
        var next = 0L;
        long Next() => counted ? ++next : random.NextInt64();
        for (var i = 0; i < 30_000; i++)
        {
            _it.IsNew(Next(), i);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 30_000; i++)
        {
            _it.IsNew(Next(), i);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
