using System.Globalization;
using Omnibook.Core.Routing;
using Omnibook.Venues;

namespace Omnibook.Server.Configuration;

/// <summary>Reads what venues take of a trade.</summary>
internal static class FeeReader
{
    private const decimal MostBps = 1_000;

    /// <summary>The fees of every known venue; 0 where none is set. A maker may be paid: its fee may be negative.</summary>
    public static FeeSchedule Read(SettingReader reader, IReadOnlyList<KnownVenue> known)
    {
        var fees = new FeeSchedule();
        foreach (var venue in known)
        {
            fees[venue.Id] = new VenueFees(
                Fee(reader, FeeSetting.TakerPath(venue.Id.Key), 0), Fee(reader, FeeSetting.MakerPath(venue.Id.Key), -MostBps));
        }

        return fees;
    }

    private static decimal Fee(SettingReader reader, string path, decimal least)
    {
        var setting = reader.Find(path);
        if (setting is null)
        {
            return 0;
        }

        if (decimal.TryParse(setting.Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var fee)
            && fee >= least && fee <= MostBps && FeeSchedule.IsFee(fee))
        {
            return fee;
        }

        reader.Refuse(setting, $"expected basis points from {least} to {MostBps}, with at most four decimals");
        return 0;
    }
}
