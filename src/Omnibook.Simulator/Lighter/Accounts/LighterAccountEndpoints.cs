using System.Globalization;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Lighter.Accounts;

/// <summary>The endpoints of accounts, which need no authorisation.</summary>
internal sealed class LighterAccountEndpoints(LighterVenue venue)
{
    private const int AddressLength = 42;

    /// <summary><c>{"code":200,"total":1,"accounts":[{…}]}</c> by index or by l1_address.</summary>
    public RestAnswer Account(RestCall call)
    {
        var query = new LighterQuery(venue, call);
        var value = query.TextOrNull("value");
        var account = query.TextOrNull("by") switch
        {
            "index" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) => ByIndex(index),
            "l1_address" when IsAddress(value) => ByAddress(value!),
            _ => null,
        };
        var isWellAsked = query.TextOrNull("by") is "index" or "l1_address" && value is not null;
        return account is not null ? Write(account)
            : isWellAsked ? LighterErrors.Account()
            : LighterErrors.Parameter();
    }

    /// <summary><c>{"code":200,"l1_address":"0x…","sub_accounts":[{"code":0,"account_type":0,"index":1,"l1_address":"0x…","status":1,"collateral":"…"}]}</c></summary>
    public RestAnswer ByAddress(RestCall call)
    {
        var address = new LighterQuery(venue, call).TextOrNull("l1_address");
        if (!IsAddress(address))
        {
            return LighterErrors.Parameter("l1_address");
        }

        return ByAddress(address!) is not { } account ? LighterErrors.Account() : LighterRest.Write(json =>
        {
            json.WriteString("l1_address", account.Address);
            json.WriteStartArray("sub_accounts");
            json.WriteStartObject();
            json.WriteNumber("code", 0);
            json.WriteNumber("account_type", 0);
            json.WriteNumber("index", account.Index);
            json.WriteString("l1_address", account.Address);
            json.WriteNumber("status", 1);
            json.WriteString("collateral", LighterText.Fixed(account.Collateral, 6));
            json.WriteEndObject();
            json.WriteEndArray();
        });
    }

    private RestAnswer Write(LighterAccount account) => LighterRest.Write(json =>
    {
        json.WriteNumber("total", 1);
        json.WriteStartArray("accounts");
        new LighterAccountValue(account, venue.Schedule.Milliseconds).Write(json);
        json.WriteEndArray();
    });

    private LighterAccount? ByIndex(long index) =>
        index is >= LighterAccounts.FirstIndex and < LighterAccounts.EndIndex ? venue.Accounts.Of(index) : null;

    /// <summary>Everybody has an account but the address of nobody.</summary>
    private LighterAccount? ByAddress(string address) =>
        address[2..].Trim('0').Length == 0 ? null : venue.Accounts.Of(address.ToLowerInvariant());

    private static bool IsAddress(string? text) =>
        text is { Length: AddressLength } && text.StartsWith("0x", StringComparison.Ordinal) && text[2..].All(char.IsAsciiHexDigit);
}
