namespace Omnibook.Simulator.Coinbase;

/// <summary>
/// What one connection was shown: for each frame about a book its <c>sequence_num</c> and how far the market's own count of changes was.
/// Kept after the connection's end, so that a book can be compared that is a little late.
/// </summary>
/// <param name="connection">The number of the connection, counted from the first one accepted.</param>
/// <param name="capacity">How many frames of a book are remembered.</param>
internal sealed class BookLedger(long connection, int capacity)
{
    private readonly Dictionary<string, List<(long Number, long Sequence)>> _frames = new(StringComparer.Ordinal);

    /// <summary>The number of the connection.</summary>
    public long Connection { get; } = connection;

    /// <summary>True when the connection ever got a book of the product.</summary>
    public bool Has(string product) => _frames.ContainsKey(product);

    /// <summary>A frame about a book goes out.</summary>
    public void Add(string product, long number, long sequence)
    {
        if (!_frames.TryGetValue(product, out var frames))
        {
            _frames[product] = frames = [];
        }

        frames.Add((number, sequence));
        if (frames.Count > 2 * capacity)
        {
            frames.RemoveRange(0, capacity);
        }
    }

    /// <summary>The newest frame about a book up to a number.</summary>
    public (long Number, long Sequence)? Find(string product, long number)
    {
        var frames = _frames[product];
        var index = frames.BinarySearch((number, long.MaxValue));
        var last = (index < 0 ? ~index : index) - 1;
        return last < 0 ? null : frames[last];
    }

    /// <summary>The numbers of the oldest and the newest frame about a book.</summary>
    public (long Oldest, long Newest) Range(string product) => (_frames[product][0].Number, _frames[product][^1].Number);
}
