using Omnibook.Core.Instruments;
using Omnibook.Server.Trading;
using Omnibook.Venues.Hyperliquid.Signing;

namespace Omnibook.Server.Configuration;

/// <summary>Reads what is configured of real orders. A private key is never part of a message, not even a wrong one.</summary>
internal static class TradingReader
{
    private const string Environment = "environment";

    private static readonly string[] Venues = ["hyperliquid", "hyperliquid-testnet"];

    /// <summary>Reads the options.</summary>
    public static TradingOptions Read(SettingReader reader, string workingFolder)
    {
        var venue = Venue(reader);
        return new TradingOptions
        {
            Mode = Mode(reader),
            Venue = new VenueId(venue),
            Signer = Signer(reader, workingFolder, isMainnet: venue == Venues[0]),
            Account = Address(reader, SettingName.TradingAccount),
            Vault = Address(reader, SettingName.TradingVault),
            MaxOrderUsd = reader.Decimal(SettingName.TradingMaxOrder, 10, 1_000_000_000),
            MaxDayUsd = reader.Decimal(SettingName.TradingMaxDay, 10, 1_000_000_000),
        };
    }

    private static TradingMode Mode(SettingReader reader)
    {
        var setting = reader.Find(SettingName.TradingMode.Path);
        switch (setting?.Value.ToUpperInvariant())
        {
            case null or "OFF": return TradingMode.Off;
            case "DRY-RUN": return TradingMode.DryRun;
            case "LIVE": return TradingMode.Live;
            default:
                reader.Refuse(setting, "expected off, dry-run or live");
                return TradingMode.Off;
        }
    }

    private static string Venue(SettingReader reader)
    {
        var setting = reader.Find(SettingName.TradingVenue.Path);
        if (setting is null || Venues.Contains(setting.Value, StringComparer.Ordinal))
        {
            return setting?.Value ?? Venues[0];
        }

        reader.Refuse(setting, $"expected {string.Join(" or ", Venues)}: orders go nowhere else");
        return Venues[0];
    }

    private static EthereumAddress? Address(SettingReader reader, SettingName name)
    {
        var setting = reader.Find(name.Path);
        if (setting is not null && !EthereumAddress.TryParse(setting.Value, out _))
        {
            reader.Refuse(setting, "expected an address: 0x and 40 hexadecimal digits. A private key is 64 digits and does not belong here");
        }

        return EthereumAddress.TryParse(setting?.Value, out var address) ? address : null;
    }

    private static ActionSigner? Signer(SettingReader reader, string workingFolder, bool isMainnet)
    {
        var (key, file) = (reader.Find(SettingName.TradingKey.Path), reader.Find(SettingName.TradingKeyFile.Path));
        if (key is not null && !key.Source.Equals(Environment, StringComparison.OrdinalIgnoreCase))
        {
            return Refuse(reader, key, $"a private key stands in the environment, or in a file of mode 0600 that {SettingName.TradingKeyFile.Variable} names");
        }

        if (key is not null && file is not null)
        {
            return Refuse(reader, key, $"the key stands in {SettingName.TradingKeyFile.Variable} too: one of both has to go");
        }

        return key is not null ? Signer(reader, key, key.Value, isMainnet)
            : file is not null && FileText(reader, file, workingFolder) is { } text ? Signer(reader, file, text.Trim(), isMainnet)
            : null;
    }

    private static ActionSigner? Signer(SettingReader reader, SettingValue setting, string key, bool isMainnet)
    {
        try
        {
            return new ActionSigner(key, isMainnet);
        }
        catch (ArgumentException)
        {
            // The exception is not passed on, so that whatever may be in it is not either.
            return Refuse(reader, setting, "expected a private key: 64 hexadecimal digits, with or without 0x");
        }
    }

    private static string? FileText(SettingReader reader, SettingValue setting, string workingFolder)
    {
        var path = Path.GetFullPath(setting.Value, workingFolder);
        try
        {
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) is var mode && (mode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != UnixFileMode.None)
            {
                reader.Refuse(setting, "others than the owner may read or write this file: chmod 600 it");
                return null;
            }

            return File.ReadAllText(path);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            reader.Refuse(setting, $"the file cannot be read: {broken.Message}");
            return null;
        }
    }

    private static ActionSigner? Refuse(SettingReader reader, SettingValue setting, string allowed)
    {
        reader.Refuse(setting with { Value = VenueSetting.Hidden }, allowed);
        return null;
    }
}
