using Omnibook.Simulator.Markets;

namespace Omnibook.Tests.Simulator.Markets;

public class ReferencePriceTests
{
    private const long Noon = 1_795_000_000_000;

    [Fact]
    public void The_price_is_a_function_of_seed_and_time()
    {
        var (one, same, other) = (new ReferencePrice(1, "BTC", 110_000_000_000), new ReferencePrice(1, "BTC", 110_000_000_000), new ReferencePrice(2, "BTC", 110_000_000_000));

        Assert.Equal(one.MicrosAt(Noon), same.MicrosAt(Noon));
        Assert.NotEqual(one.MicrosAt(Noon), other.MicrosAt(Noon));
    }

    [Fact]
    public void The_price_walks_without_jumps_and_stays_within_a_tenth_of_its_centre()
    {
        var price = new ReferencePrice(1, "BTC", 110_000_000_000);
        for (var second = 0; second < 100_000; second++)
        {
            var now = price.MicrosAt(Noon + second * 1000L);
            var next = price.MicrosAt(Noon + second * 1000L + 1000);

            Assert.InRange(now, 99_000_000_000, 121_000_000_000);
            Assert.InRange(Math.Abs(next - now), 0, 20_000_000);
        }
    }
}
