using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Omnibook.Tests.Simulator;

/// <summary>The naive local book of Binance's documentation, on decimals: a client that shares no code with the simulator or the server.</summary>
internal sealed class LocalBook
{
    private readonly SortedDictionary<decimal, decimal> _bids = new(Comparer<decimal>.Create(static (left, right) => right.CompareTo(left)));
    private readonly SortedDictionary<decimal, decimal> _asks = [];

    public int Deletes { get; private set; }

    public int OrphanDeletes { get; private set; }

    public (decimal Price, decimal Quantity) BestBid => (_bids.First().Key, _bids.First().Value);

    public (decimal Price, decimal Quantity) BestAsk => (_asks.First().Key, _asks.First().Value);

    public bool IsCrossed => _bids.First().Key >= _asks.First().Key;

    public static LocalBook FromSnapshot(JsonElement snapshot)
    {
        var book = new LocalBook();
        book.Apply(snapshot.GetProperty("bids"), snapshot.GetProperty("asks"));
        return book;
    }

    public int Levels => _bids.Count + _asks.Count;

    public void Apply(JsonElement update) => Apply(update.GetProperty("b"), update.GetProperty("a"));

    public string Digest()
    {
        var lines = _bids.Select(static level => Line('b', level)).Concat(_asks.Select(static level => Line('a', level)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', lines))));
    }

    public static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    private static string Line(char side, KeyValuePair<decimal, decimal> level) =>
        string.Create(CultureInfo.InvariantCulture, $"{side} {level.Key:0.##########} {level.Value:0.##########}");

    /// <summary>Levels are pairs, or objects with price and size.</summary>
    public void Apply(JsonElement bids, JsonElement asks)
    {
        foreach (var (side, levels) in new[] { (_bids, bids), (_asks, asks) })
        {
            foreach (var level in levels.EnumerateArray())
            {
                var isPair = level.ValueKind == JsonValueKind.Array;
                Set(side, Number(isPair ? level[0] : level.GetProperty("price")), Number(isPair ? level[1] : level.GetProperty("size")));
            }
        }
    }

    public void Clear()
    {
        _bids.Clear();
        _asks.Clear();
    }

    private void Set(SortedDictionary<decimal, decimal> side, decimal price, decimal quantity)
    {
        if (quantity != 0)
        {
            side[price] = quantity;
            return;
        }

        Deletes++;
        OrphanDeletes += side.Remove(price) ? 0 : 1;
    }
}
