namespace Omnibook.History.Segments;

/// <summary>Records that wait for the disk, put together in large pieces that are used again.</summary>
/// <param name="maxBytes">How many bytes may wait.</param>
internal sealed class RecordQueue(int maxBytes)
{
    private const int PieceBytes = 256 * 1024;
    private const int PooledPieces = 16;

    private readonly Queue<Piece> _pieces = new();
    private readonly Stack<Piece> _empty = new();
    private Piece? _newest;

    /// <summary>How many bytes wait.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many positions wait.</summary>
    public long Positions { get; private set; }

    /// <summary>Adds a record.</summary>
    /// <returns>False when it does not fit any more.</returns>
    public bool TryAdd(long position, int count, ReadOnlySpan<byte> payload)
    {
        var size = RecordHeader.Size + payload.Length;
        if (Bytes + size > maxBytes)
        {
            return false;
        }

        if (_newest is null || _newest.Used + size > _newest.Bytes.Length)
        {
            _newest = _empty.Count > 0 && size <= PieceBytes ? _empty.Pop() : new Piece(Math.Max(size, PieceBytes));
            _newest.First = position;
            _pieces.Enqueue(_newest);
        }

        RecordHeader.Write(_newest.Bytes.AsSpan(_newest.Used), position, count, payload);
        _newest.Used += size;
        _newest.Positions += count;
        Positions += count;
        Bytes += size;
        return true;
    }

    /// <summary>Takes everything that waits, behind what is in <paramref name="taken"/>. It counts as waiting until it is given back.</summary>
    public void TakeAll(List<Piece> taken)
    {
        taken.AddRange(_pieces);
        _pieces.Clear();
        _newest = null;
    }

    /// <summary>Takes pieces back whose records need not wait any more.</summary>
    public void Return(List<Piece> pieces)
    {
        foreach (var piece in pieces)
        {
            Bytes -= piece.Used;
            Positions -= piece.Positions;
            (piece.Used, piece.Positions) = (0, 0);
            if (_empty.Count < PooledPieces && piece.Bytes.Length == PieceBytes)
            {
                _empty.Push(piece);
            }
        }

        pieces.Clear();
    }

    /// <summary>Some records.</summary>
    internal sealed class Piece(int size)
    {
        public byte[] Bytes { get; } = new byte[size];

        public int Used { get; set; }

        /// <summary>The first position.</summary>
        public long First { get; set; }

        /// <summary>How many positions its records cover.</summary>
        public long Positions { get; set; }
    }
}
