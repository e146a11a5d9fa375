using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>
/// Reads the data of <c>activeAssetCtx</c>, about once a second: mark and oracle price, hourly funding rate, open interest in base
/// coins. The frame carries no time. A field that is null or absent gives no event.
/// </summary>
/// <example>
/// <code>
/// {"coin":"BTC","ctx":{"funding":"0.0000125","openInterest":"28312.4","prevDayPx":"109000.0","dayNtlVlm":"2345678901.1","premium":"0.0002",
///  "oraclePx":"110420.0","markPx":"110425.0","midPx":"110427.5","impactPxs":["110427.0","110428.0"],"dayBaseVlm":"21345.6"}}
/// </code>
/// </example>
/// <seealso href="https://hyperliquid.gitbook.io/hyperliquid-docs/trading/funding">Funding is paid every hour; the rate is the hourly one.</seealso>
internal ref struct AssetContextReader(SymbolTable symbols)
{
    private static readonly TimeSpan FundingInterval = TimeSpan.FromHours(1);

    private readonly SymbolTable _symbols = symbols;
    private bool _hasCoin;
    private bool _hasContext;
    private ReadOnlySpan<byte> _mark;
    private ReadOnlySpan<byte> _oracle;
    private ReadOnlySpan<byte> _funding;
    private ReadOnlySpan<byte> _openInterest;
    private long _markUnits;
    private long _oracleUnits;
    private long _fundingUnits;
    private long _openInterestUnits;

    /// <summary>Whose context it is.</summary>
    public Instrument? Instrument { get; private set; }

    /// <summary>Reads the object at which <paramref name="reader"/> stands.</summary>
    public FrameReading Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject || !TryReadFields(ref reader) || !_hasCoin || !_hasContext)
        {
            return FrameReading.Malformed;
        }

        if (Instrument is null)
        {
            return FrameReading.UnknownCoin;
        }

        return TryReadAmounts(Instrument) ? FrameReading.Complete : FrameReading.Malformed;
    }

    /// <summary>Gives the events of a complete reading to <paramref name="batch"/>.</summary>
    public readonly void AddTo(EventBatch batch, Timestamp receivedAt)
    {
        var id = Instrument!.Id;
        var times = new EventTimes(default, receivedAt);
        if (!_mark.IsEmpty)
        {
            batch.On(new MarkPrice(id, new Price(_markUnits), new Price(_oracleUnits), times));
        }

        if (!_funding.IsEmpty)
        {
            batch.On(new Funding(id, _fundingUnits, default, FundingInterval, times));
        }

        if (!_openInterest.IsEmpty)
        {
            batch.On(new OpenInterest(id, new Quantity(_openInterestUnits), times));
        }
    }

    private bool TryReadFields(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("coin"u8))
            {
                var coin = FrameJson.NextText(ref reader);
                _hasCoin = !coin.IsEmpty;
                Instrument = _hasCoin && _symbols.TryFind(coin, out var found) ? found : null;
            }
            else if (reader.ValueTextEquals("ctx"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    return false;
                }

                _hasContext = true;
                ReadContext(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return true;
    }

    private void ReadContext(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("markPx"u8))
            {
                _mark = FrameJson.NextText(ref reader);
            }
            else if (reader.ValueTextEquals("oraclePx"u8))
            {
                _oracle = FrameJson.NextText(ref reader);
            }
            else if (reader.ValueTextEquals("funding"u8))
            {
                _funding = FrameJson.NextText(ref reader);
            }
            else if (reader.ValueTextEquals("openInterest"u8))
            {
                _openInterest = FrameJson.NextText(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private bool TryReadAmounts(Instrument instrument) =>
        TryOptional(_mark, DerivedScales.Price, out _markUnits) && (_mark.IsEmpty || _markUnits > 0)
        && TryOptional(_oracle, DerivedScales.Price, out _oracleUnits) && _oracleUnits >= 0
        && TryOptional(_funding, DerivedScales.Rate, out _fundingUnits)
        && TryOptional(_openInterest, instrument.QuantityScale, out _openInterestUnits) && _openInterestUnits >= 0;

    private static bool TryOptional(ReadOnlySpan<byte> text, Scale scale, out long units)
    {
        units = 0;
        return text.IsEmpty || FrameJson.TryComputed(text, scale, out units);
    }
}
