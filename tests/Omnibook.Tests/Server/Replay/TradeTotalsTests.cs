using System.Numerics;
using Omnibook.Server.Replay;

namespace Omnibook.Tests.Server.Replay;

public sealed class TradeTotalsTests
{
    [Theory]
    [InlineData("0", 0, "0")]
    [InlineData("0", 5, "0")]
    [InlineData("5", 0, "5")]
    [InlineData("5", 3, "0.005")]
    [InlineData("1500", 3, "1.5")]
    [InlineData("2000", 3, "2")]
    [InlineData("1498456808898", 4, "149845680.8898")]
    [InlineData("123456789012345678901234567890", 12, "123456789012345678.90123456789")]
    public void Sums_are_shortest_exact_decimals(string units, int decimals, string text) =>
        Assert.Equal(text, TradeTotals.Format(BigInteger.Parse(units), decimals));

    [Theory]
    [InlineData("max", true)]
    [InlineData("MAX", true)]
    [InlineData("1", true)]
    [InlineData("0.5", true)]
    [InlineData("1000", true)]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData("fast", false)]
    [InlineData("1e9", false)]
    [InlineData("NaN", false)]
    [InlineData("", false)]
    public void A_speed_is_max_or_a_number_above_zero(string text, bool isSpeed) =>
        Assert.Equal(isSpeed, ReplaySpeed.TryParse(text, out _));
}
