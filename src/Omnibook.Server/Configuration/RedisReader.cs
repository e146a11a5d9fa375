using Omnibook.Server.Redis;

namespace Omnibook.Server.Configuration;

/// <summary>Redis, where it is used.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="PriceLife">How long the aggregated price of a pair may be read there.</param>
internal sealed record RedisOptions(RedisAddress Address, TimeSpan PriceLife);

/// <summary>Reads where Redis is.</summary>
internal static class RedisReader
{
    private const string Allowed = "expected redis://[[user]:password@]host[:port][/database], or rediss:// for TLS";

    /// <summary>The options; null where no address is set. An address that is refused is not shown: it may have a password in it.</summary>
    public static RedisOptions? Read(SettingReader reader)
    {
        var life = TimeSpan.FromSeconds(reader.Number(SettingName.PriceCacheTtl, 1, 3600));
        var setting = reader.Find(SettingName.RedisUrl.Path);
        if (setting is null)
        {
            return null;
        }

        if (RedisAddress.Parse(setting.Value) is { } address)
        {
            return new RedisOptions(address, life);
        }

        reader.Problems.Add(new ConfigurationProblem(setting.Source, setting.Name, Value: null, Allowed));
        return null;
    }
}
