using System.Runtime.InteropServices;

namespace Omnibook.History.DuckDb;

/// <summary>
/// Puts rows into a table, a chunk of columns at a time, within the transaction of its connection. After an error it is of no use any more.
/// </summary>
internal sealed unsafe class DuckDbAppender : SafeHandle
{
    internal DuckDbAppender(nint appender)
        : base(0, ownsHandle: true) => SetHandle(appender);

    /// <inheritdoc />
    public override bool IsInvalid => handle == 0;

    /// <summary>An empty chunk of the table's columns.</summary>
    public DuckDbChunk NewChunk()
    {
        var types = new nint[DuckDbApi.AppenderColumnCount(handle)];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = DuckDbApi.AppenderColumnType(handle, (ulong)i);
        }

        fixed (nint* first = types)
        {
            var chunk = new DuckDbChunk(DuckDbApi.CreateChunk(first, (ulong)types.Length));
            for (var i = 0; i < types.Length; i++)
            {
                DuckDbApi.DestroyLogicalType(ref types[i]);
            }

            return chunk;
        }
    }

    /// <summary>Adds the first rows of a chunk, and empties it.</summary>
    /// <exception cref="DuckDbException">They cannot be added.</exception>
    public void Add(DuckDbChunk chunk, int rows)
    {
        DuckDbApi.SetChunkSize(chunk.Handle, (ulong)rows);
        Ensure(DuckDbApi.AppendChunk(handle, chunk.Handle));
        DuckDbApi.ResetChunk(chunk.Handle);
    }

    /// <summary>Hands everything over to the transaction.</summary>
    /// <exception cref="DuckDbException">It cannot be.</exception>
    public void Flush() => Ensure(DuckDbApi.FlushAppender(handle));

    /// <summary>What an appender has to say, which is then gone.</summary>
    internal static DuckDbException ErrorOf(ref nint appender)
    {
        var error = Describe(appender);
        _ = DuckDbApi.DestroyAppender(ref appender);
        return error;
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        // What was not flushed was not meant to be kept: otherwise it would be written now, in whatever transaction there is.
        _ = DuckDbApi.ClearAppender(handle);
        _ = DuckDbApi.DestroyAppender(ref handle);
        return true;
    }

    private static DuckDbException Describe(nint appender)
    {
        var data = DuckDbApi.AppenderError(appender);
        var error = new DuckDbException(DuckDbApi.ErrorType(data), Marshal.PtrToStringUTF8(DuckDbApi.ErrorMessage(data)) ?? "no reason given");
        DuckDbApi.DestroyError(ref data);
        return error;
    }

    private void Ensure(int state)
    {
        if (state != DuckDbApi.Success)
        {
            throw Describe(handle);
        }
    }
}
