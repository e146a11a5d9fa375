using System.Runtime.CompilerServices;
using System.Text;

namespace Omnibook.History.DuckDb;

/// <summary>Some rows, column by column, as they lie in DuckDB's memory: nothing is copied.</summary>
internal sealed unsafe class DuckDbChunk(nint chunk) : IDisposable
{
    /// <summary>The most rows of a chunk: DuckDB's <c>STANDARD_VECTOR_SIZE</c>.</summary>
    public const int MaxRows = 2_048;

    private const int InlineText = 12;

    private nint _chunk = chunk;

    /// <summary>How many rows there are.</summary>
    public int Rows => (int)DuckDbApi.ChunkSize(_chunk);

    /// <summary>The chunk as DuckDB knows it.</summary>
    internal nint Handle => _chunk;

    /// <summary>A column of 64 bits.</summary>
    public Span<long> Numbers(int column) => Column<long>(column);

    /// <summary>A column of 128 bits: the lower half comes first, as in <see cref="Int128"/> of a little-endian machine.</summary>
    public Span<Int128> Wide(int column) => Column<Int128>(column);

    /// <summary>Whether there is nothing in a row of a column.</summary>
    public bool IsNull(int column, int row)
    {
        var validity = (ulong*)DuckDbApi.VectorValidity(Vector(column));
        return validity != null && (validity[row / 64] >> (row % 64) & 1) == 0;
    }

    /// <summary>A text: <c>duckdb_string_t</c>, whose bytes are in it when there are at most twelve, and elsewhere otherwise.</summary>
    public string Text(int column, int row)
    {
        var entry = (byte*)DuckDbApi.VectorData(Vector(column)) + row * 16;
        var length = *(int*)entry;
        return Encoding.UTF8.GetString(length <= InlineText ? entry + 4 : *(byte**)(entry + 8), length);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_chunk != 0)
        {
            DuckDbApi.DestroyChunk(ref _chunk);
        }
    }

    private Span<T> Column<T>(int column)
        where T : unmanaged => new((void*)DuckDbApi.VectorData(Vector(column)), MaxRows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private nint Vector(int column) => DuckDbApi.ChunkVector(_chunk, (ulong)column);
}
