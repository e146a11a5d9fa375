using System.Runtime.InteropServices;
using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Coinbase;

/// <summary>
/// The trades of one frame, in a list that is kept. Frames tell them newest first; events are told in the order of the market.
/// <code>
/// {"type":"update","trades":[{"product_id":"ETH-USDT","trade_id":"22381691","price":"2375.56","size":"0.5","time":"2024-10-04T07:13:31.088388Z","side":"BUY"}]}
/// </code>
/// <c>side</c> is the maker's: BUY means that a resting bid was hit, so the taker sold.
/// https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-channels#market-trades-channel
/// </summary>
internal sealed class CoinbaseTrades
{
    private static readonly Comparison<Told> ByProductAndNumber = (left, right) =>
        left.Trade.Instrument.Index != right.Trade.Instrument.Index
            ? left.Trade.Instrument.Index.CompareTo(right.Trade.Instrument.Index)
            : left.Trade.TradeId.CompareTo(right.Trade.TradeId);

    private readonly List<Told> _trades = [];

    /// <summary>The stream of the first trade; -1 when there is none.</summary>
    public int Stream => _trades.Count == 0 ? -1 : _trades[0].Product.StreamOf(Channel.Trades);

    /// <summary>Forgets the frame before.</summary>
    public void Clear() => _trades.Clear();

    /// <summary>Reads the event at whose brace the reader stands. False when a trade of a followed product cannot be read.</summary>
    public bool TryRead(ref Utf8JsonReader reader, CoinbaseProducts products, Timestamp receivedAt)
    {
        var isSnapshot = false;
        var (from, hasTrades) = (_trades.Count, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isType, isTrades) = (reader.ValueTextEquals("type"u8), reader.ValueTextEquals("trades"u8));
            reader.Read();
            if (isType)
            {
                isSnapshot = JsonRead.Text(reader).SequenceEqual("snapshot"u8);
            }
            else if (isTrades)
            {
                if (hasTrades || !TryReadRows(ref reader, products, receivedAt))
                {
                    return false;
                }

                hasTrades = true;
            }

            reader.Skip();
        }

        for (var i = from; i < _trades.Count; i++)
        {
            _trades[i] = _trades[i] with { IsReplayed = isSnapshot };
        }

        return hasTrades;
    }

    /// <summary>Gives the events to <paramref name="batch"/>.</summary>
    /// <returns>How many bear no credible time.</returns>
    public int AddTo(EventBatch batch)
    {
        var trades = CollectionsMarshal.AsSpan(_trades);
        trades.Sort(ByProductAndNumber);
        var unknownTimes = 0;
        for (var i = 0; i < trades.Length;)
        {
            var end = EndOfProduct(trades, i);
            var after = trades[i].IsReplayed ? trades[i].Product.Tape.Begin(trades[end - 1].Trade.TradeId) : long.MinValue;
            for (; i < end; i++)
            {
                if (trades[i].Trade.TradeId > after)
                {
                    unknownTimes += trades[i].Trade.Times.VenueTime.IsUnknown ? 1 : 0;
                    batch.On(trades[i].Trade);
                }
            }
        }

        return unknownTimes;
    }

    private static int EndOfProduct(ReadOnlySpan<Told> trades, int from)
    {
        var end = from + 1;
        while (end < trades.Length && ReferenceEquals(trades[end].Product, trades[from].Product) && trades[end].IsReplayed == trades[from].IsReplayed)
        {
            end++;
        }

        return end;
    }

    private bool TryReadRows(ref Utf8JsonReader reader, CoinbaseProducts products, Timestamp receivedAt)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var row = default(CoinbaseTradeRow);
            row.Read(ref reader);
            if (row.Product.IsEmpty)
            {
                return false;
            }

            if (products.TryFindOrLearn(row.Product, out var product))
            {
                if (!row.TryConclude(product.Instrument, receivedAt, out var trade))
                {
                    return false;
                }

                _trades.Add(new Told(product, trade, false));
            }
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private readonly record struct Told(CoinbaseProduct Product, Trade Trade, bool IsReplayed);
}
