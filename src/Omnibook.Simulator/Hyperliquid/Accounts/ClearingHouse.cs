using System.Text.Json;

namespace Omnibook.Simulator.Hyperliquid.Accounts;

/// <summary>
/// What an account is worth in one dex now. accountValue = totalRawUsd + the signed value of all positions;
/// totalNtlPos = the sum of their absolute values; a cross position's margin = its value / its leverage.
/// </summary>
internal sealed class ClearingHouse
{
    private readonly HyperliquidVenue _venue;
    private readonly IReadOnlyList<AccountPosition> _positions;
    private readonly decimal _rawUsd;

    /// <summary>Values an account.</summary>
    public ClearingHouse(HyperliquidVenue venue, Account account, HyperliquidDex dex)
    {
        _venue = venue;
        _positions = [.. account.Positions.Where(position => position.Coin.Dex == dex)];
        _rawUsd = account.Deposits[dex.Name] - _positions.Sum(static position => position.Size * position.EntryPrice);
        Notional = _positions.Sum(position => Math.Abs(ValueOf(position)));
        AccountValue = _rawUsd + _positions.Sum(ValueOf);
        MarginUsed = _positions.Sum(MarginOf);
        Maintenance = _positions.Sum(position => Math.Abs(ValueOf(position)) / (2 * position.Coin.Coin.MaxLeverage));
    }

    /// <summary>What can be taken out, or put up as margin.</summary>
    public decimal Withdrawable => Math.Max(0, AccountValue - MarginUsed);

    private decimal Notional { get; }

    private decimal AccountValue { get; }

    private decimal MarginUsed { get; }

    private decimal Maintenance { get; }

    /// <summary>
    /// <c>{"marginSummary":{"accountValue":"10.5","totalNtlPos":"0.0","totalRawUsd":"10.5","totalMarginUsed":"0.0"},"crossMarginSummary":{…},"crossMaintenanceMarginUsed":"0.0","withdrawable":"10.5","assetPositions":[],"time":…}</c>
    /// </summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteSummary(json, "marginSummary");
        WriteSummary(json, "crossMarginSummary");
        json.WriteString("crossMaintenanceMarginUsed", HyperliquidText.Amount(Maintenance));
        json.WriteString("withdrawable", HyperliquidText.Amount(Withdrawable));
        json.WriteStartArray("assetPositions");
        foreach (var position in _positions)
        {
            json.WriteStartObject();
            json.WriteString("type", "oneWay");
            json.WriteStartObject("position");
            WritePosition(json, position);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("time", _venue.BlockTime);
        json.WriteEndObject();
    }

    private decimal ValueOf(AccountPosition position) => position.Size * position.Coin.Mark(_venue.BlockTime);

    private decimal MarginOf(AccountPosition position) => Math.Abs(ValueOf(position)) / position.Leverage;

    private void WriteSummary(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        json.WriteString("accountValue", HyperliquidText.Amount(AccountValue));
        json.WriteString("totalNtlPos", HyperliquidText.Amount(Notional));
        json.WriteString("totalRawUsd", HyperliquidText.Amount(_rawUsd));
        json.WriteString("totalMarginUsed", HyperliquidText.Amount(MarginUsed));
        json.WriteEndObject();
    }

    private void WritePosition(Utf8JsonWriter json, AccountPosition position)
    {
        var pnl = ValueOf(position) - position.Size * position.EntryPrice;
        var paid = Math.Abs(position.Size) * position.EntryPrice / position.Leverage;
        json.WriteString("coin", position.Coin.Name);
        json.WriteString("szi", HyperliquidText.Amount(position.Size));
        json.WriteStartObject("leverage");
        json.WriteString("type", "cross");
        json.WriteNumber("value", position.Leverage);
        json.WriteEndObject();
        json.WriteString("entryPx", HyperliquidText.Amount(position.EntryPrice));
        json.WriteString("positionValue", HyperliquidText.Amount(Math.Abs(ValueOf(position))));
        json.WriteString("unrealizedPnl", HyperliquidText.Amount(pnl));
        json.WriteString("returnOnEquity", HyperliquidText.Amount(pnl / paid, 10));
        WriteLiquidation(json, position);
        json.WriteString("marginUsed", HyperliquidText.Amount(MarginOf(position)));
        json.WriteNumber("maxLeverage", position.Coin.Coin.MaxLeverage);
        WriteFunding(json, position);
    }

    /// <summary>
    /// The price at which the account, everything else standing still, has only the maintenance margin left:
    /// mark - side * available / size / (1 - side / (2 * maxLeverage)), as the venue's page on liquidations has it.
    /// </summary>
    private void WriteLiquidation(Utf8JsonWriter json, AccountPosition position)
    {
        var side = Math.Sign(position.Size);
        var available = AccountValue - Maintenance;
        var share = 1 - side / (2m * position.Coin.Coin.MaxLeverage);
        var price = position.Coin.Mark(_venue.BlockTime) - side * available / Math.Abs(position.Size) / share;
        if (price > 0)
        {
            json.WriteString("liquidationPx", HyperliquidText.Amount(price, 4));
        }
        else
        {
            json.WriteNull("liquidationPx");
        }
    }

    private void WriteFunding(Utf8JsonWriter json, AccountPosition position)
    {
        var hours = Math.Max(0, (_venue.BlockTime - position.Since) / 3_600_000);
        var paid = HyperliquidText.Amount(position.Size * position.EntryPrice * 0.0000125m * hours);
        json.WriteStartObject("cumFunding");
        json.WriteString("allTime", paid);
        json.WriteString("sinceOpen", paid);
        json.WriteString("sinceChange", paid);
        json.WriteEndObject();
    }
}
