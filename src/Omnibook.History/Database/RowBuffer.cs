using Omnibook.History.DuckDb;

namespace Omnibook.History.Database;

/// <summary>Rows of integers on their way into a table, a chunk at a time.</summary>
internal sealed class RowBuffer : IDisposable
{
    private readonly DuckDbAppender _appender;
    private readonly DuckDbChunk _chunk;
    private readonly long[] _values;
    private readonly int _columns;
    private int _rows;

    /// <summary>Rows for a table.</summary>
    /// <param name="connection">In whose transaction they are written.</param>
    /// <param name="catalog">The partition.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">How many columns it has.</param>
    public RowBuffer(DuckDbConnection connection, string catalog, string table, int columns)
    {
        _appender = connection.Append(catalog, table);
        _chunk = _appender.NewChunk();
        _values = new long[columns * DuckDbChunk.MaxRows];
        _columns = columns;
    }

    /// <summary>Adds a row.</summary>
    /// <exception cref="DuckDbException">DuckDB cannot take any more.</exception>
    public void Add(ReadOnlySpan<long> row)
    {
        for (var column = 0; column < row.Length; column++)
        {
            _values[column * DuckDbChunk.MaxRows + _rows] = row[column];
        }

        if (++_rows == DuckDbChunk.MaxRows)
        {
            HandOver();
        }
    }

    /// <summary>Hands over what there is to the transaction.</summary>
    /// <exception cref="DuckDbException">It cannot be.</exception>
    public void Flush()
    {
        if (_rows > 0)
        {
            HandOver();
        }

        _appender.Flush();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _chunk.Dispose();
        _appender.Dispose();
    }

    private void HandOver()
    {
        for (var column = 0; column < _columns; column++)
        {
            _values.AsSpan(column * DuckDbChunk.MaxRows, _rows).CopyTo(_chunk.Numbers(column));
        }

        _appender.Add(_chunk, _rows);
        _rows = 0;
    }
}
