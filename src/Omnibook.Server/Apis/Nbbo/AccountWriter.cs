using System.Text;
using System.Text.Json;
using Omnibook.Server.Streams;
using Omnibook.Venues;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary>Writes what the venue says of an address. The venue's objects keep every byte.</summary>
internal static class AccountWriter
{
    /// <summary><c>{"success":true,"data":{"btcx":{…},"":{…},"total_account_value":21},"errors":{"merrli":"…"}}</c></summary>
    public static Frame RenderBalances(FrameWriter writer, IReadOnlyList<DexBalance> balances)
    {
        var anyone = balances.Any(balance => balance.Failure is null);
        writer.Begin().Raw(anyone ? "{\"success\":true,\"data\":{"u8 : "{\"success\":false,\"detail\":\"the venue answered for no dex\",\"data\":{"u8);
        foreach (var balance in balances.Where(balance => balance.Failure is null))
        {
            writer.Text(balance.Dex).Raw(":"u8).Raw(balance.Answer).Raw(","u8);
        }

        writer.Raw("\"total_account_value\":"u8).Decimal(balances.Sum(balance => balance.AccountValue)).Raw("}"u8);
        WriteErrors(writer, balances);
        return writer.Raw("}"u8).Complete();
    }

    /// <summary><c>{"success":true,"data":[…],"positions":[{"dex":"btcx","type":"oneWay","position":{…}}]}</c></summary>
    public static Frame RenderPositions(FrameWriter writer, byte[] accounts, IReadOnlyList<DexBalance> balances)
    {
        writer.Begin().Raw("{\"success\":true,\"data\":"u8).Raw(accounts).Raw(",\"positions\":["u8);
        var first = true;
        foreach (var balance in balances.Where(balance => balance.Failure is null))
        {
            using var document = JsonDocument.Parse(balance.Answer);
            foreach (var position in document.RootElement.GetProperty("assetPositions").EnumerateArray())
            {
                writer.Raw(first ? "{\"dex\":"u8 : ",{\"dex\":"u8).Text(balance.Dex).Raw(","u8);
                writer.Raw(Encoding.UTF8.GetBytes(position.GetRawText().TrimStart()[1..]));
                first = false;
            }
        }

        writer.Raw("]"u8);
        WriteErrors(writer, balances);
        return writer.Raw("}"u8).Complete();
    }

    /// <summary><c>{"success":true,"data":[{"order":{"coin":…},"status":…}]}</c>, of some coins or of all.</summary>
    public static Frame RenderOrders(FrameWriter writer, byte[] orders, IReadOnlyList<string> coins)
    {
        writer.Begin().Raw("{\"success\":true,\"data\":"u8);
        if (coins.Count == 0)
        {
            return writer.Raw(orders).Raw("}"u8).Complete();
        }

        try
        {
            WriteOrdersOf(writer, orders, coins);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new VenueRequestException(RequestFailure.Unreadable, "The answer is no list of orders.", broken);
        }

        return writer.Raw("}"u8).Complete();
    }

    private static void WriteOrdersOf(FrameWriter writer, byte[] orders, IReadOnlyList<string> coins)
    {
        using var document = JsonDocument.Parse(orders);
        writer.Raw("["u8);
        var first = true;
        foreach (var order in document.RootElement.EnumerateArray())
        {
            if (coins.Contains(order.GetProperty("order").GetProperty("coin").GetString(), StringComparer.Ordinal))
            {
                writer.Raw(first ? ""u8 : ","u8).Raw(Encoding.UTF8.GetBytes(order.GetRawText()));
                first = false;
            }
        }

        writer.Raw("]"u8);
    }

    private static void WriteErrors(FrameWriter writer, IReadOnlyList<DexBalance> balances)
    {
        var failed = balances.Where(balance => balance.Failure is not null).ToList();
        for (var i = 0; i < failed.Count; i++)
        {
            writer.Raw(i == 0 ? ",\"errors\":{"u8 : ","u8).Text(failed[i].Dex).Raw(":"u8).Text(failed[i].Failure!);
        }

        writer.Raw(failed.Count > 0 ? "}"u8 : ""u8);
    }
}
