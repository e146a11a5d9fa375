using Omnibook.Server.Trading;

namespace Omnibook.Tests.Server.Configuration;

public sealed class TradingSettingTests
{
    private const string Canary = "0xfeedfacefeedfacefeedfacefeedfacefeedfacefeedfacefeedfacefeedface";

    [Fact]
    public void Orders_are_off_unless_told_otherwise()
    {
        using var sources = new Sources();
        var trading = sources.Good().Trading;
        Assert.Equal((TradingMode.Off, "hyperliquid", 1000m, 10_000m), (trading.Mode, trading.Venue.Key, trading.MaxOrderUsd, trading.MaxDayUsd));
        Assert.Null(trading.Signer);
    }

    [Fact]
    public void A_key_comes_from_the_environment_or_from_a_file_of_the_owner_alone_and_is_never_shown()
    {
        using var sources = new Sources();
        sources.Variable("TRADING_MODE", "live").Variable("HYPERLIQUID_PRIVATE_KEY", Canary);
        Assert.NotNull(sources.Good().Trading.Signer);
        AssertHidden(sources);

        using var withFile = new Sources();
        withFile.File("key", Canary + "\n").Variable("HYPERLIQUID_PRIVATE_KEY_FILE", "key");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(withFile.Folder, "key"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            Assert.Contains("chmod 600", Assert.Single(withFile.Load().Problems).Allowed, StringComparison.Ordinal);
            File.SetUnixFileMode(Path.Combine(withFile.Folder, "key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Assert.Equal(sources.Good().Trading.Signer!.Address, withFile.Good().Trading.Signer!.Address);
        AssertHidden(withFile);
    }

    [Theory]
    [InlineData("appsettings.json", """{"Omnibook":{"Trading":{"PrivateKey":"0xfeedfacefeedfacefeedfacefeedfacefeedfacefeedfacefeedfacefeedface"}}}""")]
    [InlineData(".env", "HYPERLIQUID_PRIVATE_KEY=0xfeedfacefeedfacefeedfacefeedfacefeedfacefeedfacefeedfacefeedface")]
    public void A_key_in_a_file_of_settings_is_refused(string file, string text)
    {
        using var sources = new Sources();
        sources.File(file, text);
        Assert.Contains("in the environment", Assert.Single(sources.Load().Problems).Allowed, StringComparison.Ordinal);
        AssertHidden(sources);
    }

    [Theory]
    [InlineData("HYPERLIQUID_PRIVATE_KEY", "feedface-not-a-key", "64 hexadecimal digits")]
    [InlineData("HYPERLIQUID_PRIVATE_KEY_FILE", "nosuchfile", "cannot be read")]
    [InlineData("HYPERLIQUID_ACCOUNT", "0x12", "0x and 40 hexadecimal digits")]
    [InlineData("TRADING_MODE", "yes", "off, dry-run or live")]
    [InlineData("TRADING_VENUE", "lighter", "hyperliquid or hyperliquid-testnet")]
    [InlineData("TRADING_MAX_ORDER_USD", "0", "from 10 to")]
    public void A_wrong_setting_says_what_is_allowed(string name, string value, string words)
    {
        using var sources = new Sources();
        var problem = Assert.Single(sources.Variable(name, value).Load().Problems);
        Assert.Contains(words, problem.Allowed, StringComparison.Ordinal);
        Assert.DoesNotContain("feedface", problem.ToString(), StringComparison.Ordinal);
    }

    private static void AssertHidden(Sources sources)
    {
        var loaded = sources.Load();
        Assert.DoesNotContain("feedface", string.Concat(loaded.Effective) + string.Concat(loaded.Problems) + loaded.Options.Trading, StringComparison.OrdinalIgnoreCase);
    }
}
