using System.Globalization;

namespace Omnibook.Venues.Hyperliquid.Orders;

/// <summary>
/// What the venue takes as a price and a size, checked before anything is sent: a price has at most five significant figures and
/// 6 − szDecimals decimals, or is whole; a size has at most szDecimals decimals; an order is worth at least ten dollars.
/// </summary>
/// <seealso href="https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/tick-and-lot-size"/>
public static class OrderRules
{
    /// <summary>The least worth of an order that does not only reduce, in dollars.</summary>
    public const decimal LeastNotional = 10;

    private const int Figures = 5;
    private const int MostDecimals = 6;
    private const int ClientIdDigits = 32;

    /// <summary>What the venue would have against an order, in words that name what would do; null for nothing.</summary>
    public static string? Problem(OrderIntent order)
    {
        var (asset, decimals) = (order.Asset, Math.Max(0, MostDecimals - order.Asset.SizeDecimals));
        return order.Size <= 0 ? "the size must be above 0"
            : order.Price <= 0 ? "the price must be above 0"
            : RoundSize(asset, order.Size) != order.Size
                ? Say($"the size {order.Size} has too many decimals: {asset.Coin} is counted with {asset.SizeDecimals}; {RoundSize(asset, order.Size)} would do")
            : RoundPrice(asset, order.Price, isUp: false) is var down && down != order.Price
                ? Say($"the price {order.Price} is off the grid of {asset.Coin}: five significant figures and at most {decimals} decimals, or a whole number; {down} or {RoundPrice(asset, order.Price, isUp: true)} would do")
            : order.Notional < LeastNotional && !order.ReduceOnly
                ? Say($"the order is worth {order.Notional} dollars; the venue takes {LeastNotional} or more")
            : null;
    }

    /// <summary>The size without the decimals that the venue does not count, never more than it was.</summary>
    public static decimal RoundSize(OrderAsset asset, decimal size) => Shorten(Math.Round(size, asset.SizeDecimals, MidpointRounding.ToZero));

    /// <summary>The nearest price that the venue takes, above or below.</summary>
    public static decimal RoundPrice(OrderAsset asset, decimal price, bool isUp)
    {
        if (price <= 0 || price == decimal.Truncate(price))
        {
            return Shorten(price);
        }

        var decimals = Math.Clamp(Math.Min(Figures - Magnitude(price), MostDecimals - asset.SizeDecimals), 0, 28);
        return Shorten(Math.Round(price, decimals, isUp ? MidpointRounding.ToPositiveInfinity : MidpointRounding.ToNegativeInfinity));
    }

    /// <summary>Whether a text is such an id as the venue takes: 0x and 32 hexadecimal digits in lower case.</summary>
    public static bool IsClientId(string? text) =>
        text is ['0', 'x', .. var digits] && digits.Length == ClientIdDigits && digits.All(digit => char.IsAsciiDigit(digit) || digit is >= 'a' and <= 'f');

    /// <summary>A number as the venue hashes it: no exponent, no trailing zeros.</summary>
    internal static string Wire(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    private static decimal Shorten(decimal number) => decimal.Parse(Wire(number), CultureInfo.InvariantCulture);

    /// <summary>How many digits stand before the point; 0 for 0.1 and above, negative for each zero after the point.</summary>
    private static int Magnitude(decimal price)
    {
        var digits = 0;
        for (; price >= 1; price /= 10)
        {
            digits++;
        }

        for (; price < 0.1m; price *= 10)
        {
            digits--;
        }

        return digits;
    }

    private static string Say(FormattableString text) => FormattableString.Invariant(text);
}
