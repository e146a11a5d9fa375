using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Omnibook.Benchmarks.Decode;

/// <summary>The baseline, as it is usually written: a document, strings, decimals, a sorted dictionary a side.</summary>
internal sealed class NaiveDepth(DepthFrames recorded) : DepthContestant("JsonDocument, SortedDictionary<decimal>")
{
    private SortedDictionary<decimal, decimal> _bids = [];
    private SortedDictionary<decimal, decimal> _asks = [];
    private long _sequence;

    public override void Restart()
    {
        using var snapshot = JsonDocument.Parse(recorded.Snapshot);
        _bids = new SortedDictionary<decimal, decimal>(Comparer<decimal>.Create((left, right) => right.CompareTo(left)));
        _asks = [];
        _sequence = snapshot.RootElement.GetProperty("lastUpdateId").GetInt64();
        Apply(_bids, snapshot.RootElement.GetProperty("bids"));
        Apply(_asks, snapshot.RootElement.GetProperty("asks"));
    }

    public override long Apply(byte[] frame)
    {
        using var document = JsonDocument.Parse(frame);
        var update = document.RootElement.GetProperty("data");
        var last = update.GetProperty("u").GetInt64();
        if (last > _sequence)
        {
            if (update.GetProperty("pu").GetInt64() > _sequence)
            {
                throw new InvalidOperationException("gap");
            }

            Apply(_bids, update.GetProperty("b"));
            Apply(_asks, update.GetProperty("a"));
            _sequence = last;
        }

        return (long)(_bids.First().Key * 10 + _asks.First().Key * 10);
    }

    public override string Digest()
    {
        var lines = _bids.Select(level => Line('b', level)).Concat(_asks.Select(level => Line('a', level)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', lines))));
    }

    private static string Line(char side, KeyValuePair<decimal, decimal> level) =>
        string.Create(CultureInfo.InvariantCulture, $"{side} {level.Key:0.##########} {level.Value:0.##########}");

    private static void Apply(SortedDictionary<decimal, decimal> side, JsonElement levels)
    {
        foreach (var level in levels.EnumerateArray())
        {
            var price = decimal.Parse(level[0].GetString()!, CultureInfo.InvariantCulture);
            var quantity = decimal.Parse(level[1].GetString()!, CultureInfo.InvariantCulture);
            if (quantity == 0)
            {
                side.Remove(price);
            }
            else
            {
                side[price] = quantity;
            }
        }
    }
}
