namespace Omnibook.History.DuckDb;

/// <summary>The rows that a statement gave, in chunks of at most 2,048.</summary>
internal sealed class DuckDbResult : IDisposable
{
    private DuckDbApi.ResultHandle _result;
    private DuckDbChunk? _chunk;
    private bool _isDisposed;

    internal DuckDbResult(DuckDbApi.ResultHandle result) => _result = result;

    /// <summary>The next chunk, good until the one after it is asked for; null when there are no more rows.</summary>
    public DuckDbChunk? Next()
    {
        _chunk?.Dispose();
        var chunk = DuckDbApi.FetchChunk(_result);
        _chunk = chunk == 0 ? null : new DuckDbChunk(chunk);
        return _chunk;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _chunk?.Dispose();
            DuckDbApi.DestroyResult(ref _result);
        }
    }
}
