using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Lighter;

/// <summary>
/// Reads the <c>market_stats</c> of one market.
/// <code>
/// {"symbol":"BTC","market_id":1,"index_price":"64400.1","mark_price":"64356.3","open_interest":"102123609.308856","current_funding_rate":"-0.0028","funding_rate":"-0.0005","funding_timestamp":1780545600001}
/// </code>
/// <list type="bullet">
/// <item><c>current_funding_rate</c> is the estimate of the next payment, <c>funding_rate</c> the last one, paid at
/// <c>funding_timestamp</c>. Both are per cent an hour: the clamps 0.05 and 4.0 beside them mean nothing otherwise.</item>
/// <item><c>open_interest</c> is worth in the quote asset, with the quote asset's six decimals; some texts have shown base
/// assets, with the market's decimals. The decimals tell which.</item>
/// </list>
/// </summary>
internal ref struct LighterStatsReader(Instrument instrument)
{
    // A rate of 1 per cent is a fraction of 0.01: the same digits, two decimals further on.
    private static readonly Scale PercentOfRate = new(DerivedScales.Rate.Decimals - 2);
    private static readonly Scale Quote = new(6);
    private static readonly TimeSpan FundingInterval = TimeSpan.FromHours(1);

    private readonly Instrument _instrument = instrument;
    private long _mark;
    private long _index;
    private long _rate;
    private bool _hasRate;
    private long _paidAt;
    private ReadOnlySpan<byte> _openInterest;

    /// <summary>Reads the object at which <paramref name="reader"/> stands. False when a field that is followed cannot be read.</summary>
    public bool TryRead(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!TryReadField(ref reader))
            {
                return false;
            }
        }

        return reader.TokenType == JsonTokenType.EndObject;
    }

    /// <summary>Gives the events to <paramref name="batch"/>.</summary>
    public readonly void AddTo(EventBatch batch, EventTimes times)
    {
        if (_mark > 0)
        {
            batch.On(new MarkPrice(_instrument.Id, new Price(_mark), new Price(_index), times));
        }

        if (_hasRate)
        {
            batch.On(new Funding(_instrument.Id, _rate, NextFunding(), FundingInterval, times));
        }

        if (TryOpenInterest(out var quantity))
        {
            batch.On(new OpenInterest(_instrument.Id, quantity, times));
        }
    }

    private bool TryReadField(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("mark_price"u8))
        {
            return TryAmount(ref reader, DerivedScales.Price, out _mark, out _) && _mark >= 0;
        }

        if (reader.ValueTextEquals("index_price"u8))
        {
            return TryAmount(ref reader, DerivedScales.Price, out _index, out _) && _index >= 0;
        }

        if (reader.ValueTextEquals("current_funding_rate"u8))
        {
            return TryAmount(ref reader, PercentOfRate, out _rate, out _hasRate);
        }

        if (reader.ValueTextEquals("funding_timestamp"u8))
        {
            reader.Read();
            return JsonRead.TryInteger(reader, out _paidAt) || reader.TokenType == JsonTokenType.Null;
        }

        if (reader.ValueTextEquals("open_interest"u8))
        {
            reader.Read();
            _openInterest = JsonRead.Text(reader);
            reader.Skip();
            return true;
        }

        reader.Skip();
        return true;
    }

    /// <summary>Null and empty text say that a field does not apply.</summary>
    private static bool TryAmount(ref Utf8JsonReader reader, Scale scale, out long units, out bool isThere)
    {
        reader.Read();
        var text = JsonRead.Text(reader);
        (units, isThere) = (0, !text.IsEmpty);
        if (isThere)
        {
            return scale.TryParse(text, out units) == AmountError.None;
        }

        reader.Skip();
        return true;
    }

    /// <summary>Funding is paid on the hour; the last payment is stamped a few milliseconds after it.</summary>
    private readonly Timestamp NextFunding()
    {
        const long Hour = 3_600_000;
        return VenueTimes.TryFromMilliseconds(_paidAt / Hour * Hour, out var paid) ? paid + FundingInterval : default;
    }

    /// <summary>Base assets, rounded down to the market's decimals where the venue gives a worth. What cannot be read is not told.</summary>
    private readonly bool TryOpenInterest(out Quantity quantity)
    {
        quantity = default;
        var point = _openInterest.IndexOf((byte)'.');
        var decimals = point < 0 ? 0 : _openInterest.Length - point - 1;
        if (decimals != Quote.Decimals)
        {
            var isRead = _instrument.QuantityScale.TryParse(_openInterest, out var units) == AmountError.None;
            quantity = new Quantity(units);
            return isRead && units >= 0;
        }

        if (_mark == 0 || Quote.TryParse(_openInterest, out var worth) != AmountError.None || worth < 0)
        {
            return false;
        }

        var scaled = (UInt128)(ulong)worth * (ulong)(DerivedScales.Price.UnitsPerOne / Quote.UnitsPerOne);
        return TryDivide(scaled, (ulong)_mark, (ulong)_instrument.QuantityScale.UnitsPerOne, out quantity);
    }

    private static bool TryDivide(UInt128 worth, UInt128 mark, UInt128 unitsPerOne, out Quantity quantity)
    {
        // Whole assets and the rest apart, so that nothing exceeds 128 bits.
        var (whole, rest) = UInt128.DivRem(worth, mark);
        quantity = default;
        if (whole > (UInt128)long.MaxValue / unitsPerOne)
        {
            return false;
        }

        quantity = new Quantity((long)(whole * unitsPerOne + rest * unitsPerOne / mark));
        return true;
    }
}
