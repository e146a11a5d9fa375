using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Venues.Candles;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Coinbase;

/// <summary>
/// The candles of one frame, in a list that is kept. <c>start</c> is in seconds, <c>volume</c> in base assets. Nothing says that a candle is over.
/// A subscription begins with a hundred of the past, newest first.
/// <code>
/// {"type":"snapshot","candles":[{"start":"1688998200","high":"1867.72","low":"1865.63","open":"1867.38","close":"1866.81","volume":"0.20269406","product_id":"ETH-USDT"}]}
/// </code>
/// https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-channels#candles-channel
/// </summary>
/// <param name="arePlanned">Whether the connection subscribes any.</param>
internal sealed class CoinbaseCandles(bool arePlanned)
{
    private readonly List<CandleUpdate> _candles = [];
    private readonly CandleSequence _sequence = new();

    /// <summary>Whether the connection subscribes any.</summary>
    public bool ArePlanned { get; } = arePlanned;

    /// <summary>The stream of the last candle; -1 when there is none.</summary>
    public int Stream { get; private set; } = -1;

    /// <summary>Forgets the frame before.</summary>
    public void Clear()
    {
        _candles.Clear();
        Stream = -1;
    }

    /// <summary>Something was missed: of no candle is known how it ended.</summary>
    public void Forget() => _sequence.Forget();

    /// <summary>Gives the events to <paramref name="batch"/>.</summary>
    public void AddTo(EventBatch batch) => _sequence.AddTo(batch, _candles);

    /// <summary>Reads the event at whose brace the reader stands. False when a candle of a followed product cannot be read.</summary>
    public bool TryRead(ref Utf8JsonReader reader, CoinbaseProducts products, EventTimes times)
    {
        var hasCandles = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCandles = reader.ValueTextEquals("candles"u8);
            reader.Read();
            if (isCandles)
            {
                if (hasCandles || !TryReadRows(ref reader, products, times))
                {
                    return false;
                }

                hasCandles = true;
            }

            reader.Skip();
        }

        return hasCandles;
    }

    private bool TryReadRows(ref Utf8JsonReader reader, CoinbaseProducts products, EventTimes times)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var fields = default(CandleFields);
            ReadOnlySpan<byte> id = default;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.ValueSpan;
                reader.Read();
                id = key.SequenceEqual("product_id"u8) ? JsonRead.Text(reader) : id;
                Keep(key, reader, ref fields);
                reader.Skip();
            }

            if (id.IsEmpty || (products.TryFindOrLearn(id, out var product) && product.StreamOf(Channel.Candles) >= 0 && !TryAdd(product, fields, times)))
            {
                return false;
            }
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private bool TryAdd(CoinbaseProduct product, scoped in CandleFields fields, EventTimes times)
    {
        if (!fields.TryConclude(product.Instrument, CoinbaseChannels.FiveMinutes, times, out var candle))
        {
            return false;
        }

        _candles.Add(candle);
        Stream = product.StreamOf(Channel.Candles);
        return true;
    }

    private static void Keep(ReadOnlySpan<byte> key, scoped in Utf8JsonReader reader, scoped ref CandleFields fields)
    {
        switch (key)
        {
            case var _ when key.SequenceEqual("start"u8): fields.Start = JsonRead.TryInteger(reader, out var seconds) && seconds is > 0 and < 10_000_000_000 ? seconds * 1000 : 0; break;
            case var _ when key.SequenceEqual("open"u8): fields.Open = JsonRead.Text(reader); break;
            case var _ when key.SequenceEqual("high"u8): fields.High = JsonRead.Text(reader); break;
            case var _ when key.SequenceEqual("low"u8): fields.Low = JsonRead.Text(reader); break;
            case var _ when key.SequenceEqual("close"u8): fields.Close = JsonRead.Text(reader); break;
            case var _ when key.SequenceEqual("volume"u8): fields.BaseVolume = JsonRead.Text(reader); break;
        }
    }
}
