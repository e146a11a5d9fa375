using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core.Instruments;

public sealed partial class ScaleTests
{
    [Theory]
    [InlineData("61800.20", 1, 618002)]
    [InlineData("61800.20", 2, 6180020)]
    [InlineData("0", 8, 0)]
    [InlineData("-0", 8, 0)]
    [InlineData("0.00", 0, 0)]
    [InlineData("0E-8", 2, 0)]
    [InlineData("-0.0e+5", 2, 0)]
    [InlineData("1.7e-7", 8, 17)]
    [InlineData("1E+3", 0, 1000)]
    [InlineData("1e3", 2, 100_000)]
    [InlineData("12E-1", 1, 12)]
    [InlineData("1200e-2", 0, 12)]
    [InlineData("-3", 1, -30)]
    [InlineData("+3", 1, 30)]
    [InlineData(".5", 1, 5)]
    [InlineData("5.", 1, 50)]
    [InlineData("007.10", 1, 71)]
    [InlineData("9223372036854775807", 0, long.MaxValue)]
    [InlineData("-9223372036854775807", 0, -long.MaxValue)]
    [InlineData("9.223372036854775807", 18, long.MaxValue)]
    [InlineData("1.000000000000000000000000000000", 2, 100)]
    [InlineData("0.000000000000000000000000000000", 0, 0)]
    [InlineData("0000000000000000000000000000012.5", 1, 125)]
    public void A_number_is_read_exactly(string text, int decimals, long units)
    {
        Assert.Equal(AmountError.None, Parse(text, decimals, out var parsed));
        Assert.Equal(units, parsed);
    }

    [Theory]
    [InlineData("", AmountError.Empty)]
    [InlineData("-", AmountError.Empty)]
    [InlineData(".", AmountError.Empty)]
    [InlineData("NaN", AmountError.Malformed)]
    [InlineData("Infinity", AmountError.Malformed)]
    [InlineData("abc", AmountError.Malformed)]
    [InlineData("1,5", AmountError.Malformed)]
    [InlineData("1.2.3", AmountError.Malformed)]
    [InlineData("1e", AmountError.Malformed)]
    [InlineData("1e+", AmountError.Malformed)]
    [InlineData("e5", AmountError.Malformed)]
    [InlineData("--1", AmountError.Malformed)]
    [InlineData(" 1", AmountError.Malformed)]
    [InlineData("1 ", AmountError.Malformed)]
    [InlineData("0x10", AmountError.Malformed)]
    [InlineData("null", AmountError.Malformed)]
    [InlineData("0.001", AmountError.TooPrecise)]
    [InlineData("1e-3", AmountError.TooPrecise)]
    [InlineData("1e-999999999", AmountError.TooPrecise)]
    [InlineData("0.000000000000000000000000000001", AmountError.TooPrecise)]
    [InlineData("0.010000000000000000000000000001", AmountError.TooPrecise)]
    [InlineData("0.01000000000000000000000000000000000000000000000000001", AmountError.TooPrecise)]
    [InlineData("1000000000000000000000000", AmountError.TooLarge)]
    [InlineData("9999999999999999999999999.0", AmountError.TooLarge)]
    [InlineData("92233720368547758.08", AmountError.TooLarge)]
    [InlineData("1e400", AmountError.TooLarge)]
    [InlineData("1e99999999999999999999", AmountError.TooLarge)]
    public void What_is_not_an_amount_of_two_decimals_is_an_error_and_zero(string text, AmountError error)
    {
        Assert.Equal(error, Parse(text, 2, out var units));
        Assert.Equal(0, units);
    }

    [Fact]
    public void Many_zeros_and_an_exponent_that_takes_them_back_are_still_the_same_number()
    {
        Assert.Equal(AmountError.None, Parse("1" + new string('0', 401) + "e-401", 2, out var units));
        Assert.Equal(100, units);
        Assert.Equal(AmountError.None, Parse("0." + new string('0', 500) + "25e501", 2, out units));
        Assert.Equal(250, units);
    }

    [Fact]
    public void Any_text_is_read_as_whole_number_arithmetic_reads_it()
    {
        var texts =
            from decimals in Gen.Choose(0, Scale.MaxDecimals)
            from shaped in Gen.Elements(true, true, false)
            from text in shaped ? Number() : Noise()
            select (text, decimals);
        Prop.ForAll(texts.ToArbitrary(), sample => AgreesWithOracle(sample.text, sample.decimals))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000).WithReplay(42, 1));
    }

    [Fact]
    public void Any_units_survive_the_way_through_text_and_decimal()
    {
        var amounts =
            from decimals in Gen.Choose(0, Scale.MaxDecimals)
            from bits in Gen.Choose(0, 63)
            from high in Gen.Choose(int.MinValue, int.MaxValue)
            from low in Gen.Choose(int.MinValue + 1, int.MaxValue)
            select (decimals, units: Math.Max(-long.MaxValue, ((long)high << 32) ^ low) >> bits);
        Prop.ForAll(amounts.ToArbitrary(), amount => SurvivesBothWays(new Scale(amount.decimals), amount.units))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000).WithReplay(43, 1));
    }

    [Theory]
    [InlineData(0, 8, "0")]
    [InlineData(100, 2, "1")]
    [InlineData(-150, 2, "-1.5")]
    [InlineData(5, 3, "0.005")]
    [InlineData(long.MinValue, 18, "-9.223372036854775808")]
    [InlineData(long.MinValue, 0, "-9223372036854775808")]
    [InlineData(-1, 18, "-0.000000000000000001")]
    public void The_shortest_exact_form_is_written(long units, int decimals, string text) =>
        Assert.Equal(text, new Scale(decimals).Format(units));

    [Fact]
    public void Units_are_converted_exactly_or_not_at_all()
    {
        Assert.Equal(12_300, new Scale(1).Convert(123, new Scale(3)));
        Assert.Equal(123, new Scale(3).Convert(12_300, new Scale(1)));
        Assert.Throws<ArgumentException>(() => new Scale(3).Convert(12_301, new Scale(1)));
        Assert.Throws<OverflowException>(() => new Scale(0).Convert(long.MaxValue / 10, new Scale(18)));
    }

    [Theory]
    [InlineData("0.10", 1)]
    [InlineData("5", 0)]
    [InlineData("0.00000001", 8)]
    public void The_coarsest_scale_of_an_amount_is_found(string amount, int decimals) =>
        Assert.Equal(new Scale(decimals), Scale.Of(decimal.Parse(amount, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(-1)]
    [InlineData(19)]
    public void No_scale_has_a_unit_that_does_not_fit(int decimals) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Scale(decimals));

    private static AmountError Parse(string text, int decimals, out long units) =>
        new Scale(decimals).TryParse(Encoding.UTF8.GetBytes(text), out units);

    private static Gen<string> Number() =>
        from sign in Gen.Elements("", "", "-", "+")
        from whole in Digits(25)
        from fraction in Digits(30)
        from point in Gen.Elements("", ".", ".")
        from exponent in Gen.Frequency((3, Gen.Constant("")), (1, Gen.Choose(-45, 45).Select(value => $"e{value}")))
        select sign + whole + (point.Length == 0 ? "" : point + fraction) + exponent;

    private static Gen<string> Digits(int longest) =>
        from length in Gen.Choose(0, longest)
        from zeros in Gen.Choose(0, length)
        from digits in Gen.Choose(0, 9).ArrayOf(length)
        select string.Concat(digits.Select((digit, index) => index < zeros ? 0 : digit));

    private static Gen<string> Noise() =>
        from length in Gen.Choose(0, 8)
        from characters in Gen.Elements('0', '1', '9', '.', '-', '+', 'e', 'E', ',', ' ', 'N').ArrayOf(length)
        select new string(characters);

    private static bool AgreesWithOracle(string text, int decimals)
    {
        var error = Parse(text, decimals, out var units);
        var match = Grammar().Match(text);
        if (!match.Success)
        {
            return error is AmountError.Empty or AmountError.Malformed && units == 0;
        }

        var fraction = match.Groups["fraction"].Value;
        var digits = BigInteger.Parse("0" + match.Groups["whole"].Value + fraction, CultureInfo.InvariantCulture);
        var exponent = match.Groups["exponent"].Length == 0 ? 0 : int.Parse(match.Groups["exponent"].Value, CultureInfo.InvariantCulture);
        exponent += decimals - fraction.Length;
        var denominator = BigInteger.Pow(10, Math.Max(0, -exponent));
        var scaled = digits * BigInteger.Pow(10, Math.Max(0, exponent));
        if (scaled % denominator != 0 || scaled / denominator > long.MaxValue)
        {
            return error is AmountError.TooPrecise or AmountError.TooLarge && units == 0;
        }

        return error == AmountError.None && units == (text[0] == '-' ? -1 : 1) * (scaled / denominator);
    }

    private static bool SurvivesBothWays(Scale scale, long units)
    {
        Span<byte> text = stackalloc byte[21];
        var length = scale.Format(units, text);
        var amount = scale.ToDecimal(units);
        return scale.TryParse(text[..length], out var parsed) == AmountError.None && parsed == units
            && scale.FromDecimal(amount) == units
            && amount == decimal.Parse(text[..length], CultureInfo.InvariantCulture)
            && scale.Format(units) == Encoding.ASCII.GetString(text[..length]);
    }

    [GeneratedRegex(
        @"^[+-]?(?=\.?[0-9])(?<whole>[0-9]*)(\.(?<fraction>[0-9]*))?([eE](?<exponent>[+-]?[0-9]+))?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Grammar();
}
