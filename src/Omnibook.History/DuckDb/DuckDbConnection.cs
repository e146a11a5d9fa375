using System.Runtime.InteropServices;

namespace Omnibook.History.DuckDb;

/// <summary>A connection: one statement at a time, from one thread at a time. Only <see cref="Interrupt"/> may come from anywhere.</summary>
internal sealed class DuckDbConnection : SafeHandle
{
    internal DuckDbConnection(nint connection)
        : base(0, ownsHandle: true) => SetHandle(connection);

    /// <inheritdoc />
    public override bool IsInvalid => handle == 0;

    /// <summary>Makes a statement. Its parameters are <c>$1</c>, <c>$2</c> …</summary>
    /// <exception cref="DuckDbException">It is no SQL, or names something that is not there.</exception>
    public DuckDbStatement Prepare(string sql)
    {
        if (DuckDbApi.Prepare(handle, sql, out var statement) == DuckDbApi.Success)
        {
            return new DuckDbStatement(this, statement);
        }

        var message = Marshal.PtrToStringUTF8(DuckDbApi.PrepareError(statement)) ?? "no reason given";
        DuckDbApi.DestroyPrepare(ref statement);
        throw new DuckDbException(0, message);
    }

    /// <summary>Runs a statement whose result nobody reads.</summary>
    /// <exception cref="DuckDbException">It failed.</exception>
    /// <exception cref="OperationCanceledException">It was cut short.</exception>
    public void Execute(string sql, CancellationToken cancellation = default)
    {
        using var statement = Prepare(sql);
        statement.Run(cancellation).Dispose();
    }

    /// <summary>Runs a statement and reads the one number that it gives; null for none.</summary>
    public long? Number(string sql)
    {
        using var statement = Prepare(sql);
        using var result = statement.Run(CancellationToken.None);
        return result.Next() is { Rows: > 0 } chunk && !chunk.IsNull(0, 0) ? chunk.Numbers(0)[0] : null;
    }

    /// <summary>Rows are put into a table in chunks.</summary>
    /// <param name="catalog">The attached database that has the table.</param>
    /// <param name="table">The table.</param>
    public DuckDbAppender Append(string catalog, string table)
    {
        if (DuckDbApi.CreateAppender(handle, catalog, "main", table, out var appender) == DuckDbApi.Success)
        {
            return new DuckDbAppender(appender);
        }

        throw DuckDbAppender.ErrorOf(ref appender);
    }

    /// <summary>Cuts short what is being run, if anything is.</summary>
    public void Interrupt()
    {
        var held = false;
        try
        {
            DangerousAddRef(ref held);
            DuckDbApi.Interrupt(handle);
        }
        finally
        {
            if (held)
            {
                DangerousRelease();
            }
        }
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        DuckDbApi.Disconnect(ref handle);
        return true;
    }
}
