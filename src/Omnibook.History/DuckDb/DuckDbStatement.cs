using System.Runtime.InteropServices;

namespace Omnibook.History.DuckDb;

/// <summary>A statement, ready to be run with other parameters each time.</summary>
internal sealed class DuckDbStatement : SafeHandle
{
    /// <summary><c>duckdb_pending_state</c>.</summary>
    private const int ResultReady = 0;
    private const int ResultNotReady = 1;
    private const int Failed = 2;

    private readonly DuckDbConnection _connection;

    internal DuckDbStatement(DuckDbConnection connection, nint statement)
        : base(0, ownsHandle: true)
    {
        _connection = connection;
        SetHandle(statement);
    }

    /// <inheritdoc />
    public override bool IsInvalid => handle == 0;

    /// <summary>Sets a parameter, counted from 1.</summary>
    public DuckDbStatement Bind(int index, long number) => Bound(DuckDbApi.BindInt64(handle, (ulong)index, number), index);

    /// <summary>Sets a parameter, counted from 1.</summary>
    public DuckDbStatement Bind(int index, string text) => Bound(DuckDbApi.BindText(handle, (ulong)index, text), index);

    /// <summary>Runs it on this thread, task by task, so that it can be cut short at any of them.</summary>
    /// <exception cref="DuckDbException">It failed.</exception>
    /// <exception cref="OperationCanceledException">It was cut short.</exception>
    public DuckDbResult Run(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var interrupting = cancellation.UnsafeRegister(static connection => ((DuckDbConnection)connection!).Interrupt(), _connection);
        if (DuckDbApi.Pend(handle, out var pending) != DuckDbApi.Success)
        {
            var message = Marshal.PtrToStringUTF8(DuckDbApi.PendingError(pending)) ?? "no reason given";
            DuckDbApi.DestroyPending(ref pending);
            throw new DuckDbException(0, message);
        }

        try
        {
            RunTasks(pending, cancellation);
            return Finish(pending, cancellation);
        }
        finally
        {
            DuckDbApi.DestroyPending(ref pending);
        }
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        DuckDbApi.DestroyPrepare(ref handle);
        return true;
    }

    /// <summary>An interrupt that comes before the first task is forgotten by DuckDB: so the token is looked at between tasks too.</summary>
    private void RunTasks(nint pending, CancellationToken cancellation)
    {
        for (var state = ResultNotReady; state is not (ResultReady or Failed);)
        {
            if (cancellation.IsCancellationRequested)
            {
                _connection.Interrupt();
                return;
            }

            state = DuckDbApi.ExecuteTask(pending);
            if (state is not (ResultReady or ResultNotReady or Failed))
            {
                // Other threads have the remaining tasks.
                Thread.Yield();
            }
        }
    }

    private static DuckDbResult Finish(nint pending, CancellationToken cancellation)
    {
        if (DuckDbApi.ExecutePending(pending, out var result) == DuckDbApi.Success)
        {
            return new DuckDbResult(result);
        }

        var error = new DuckDbException(
            DuckDbApi.ResultErrorType(ref result), Marshal.PtrToStringUTF8(DuckDbApi.ResultError(ref result)) ?? "no reason given");
        DuckDbApi.DestroyResult(ref result);
        cancellation.ThrowIfCancellationRequested();
        throw error;
    }

    private DuckDbStatement Bound(int state, int index) =>
        state == DuckDbApi.Success ? this : throw new ArgumentOutOfRangeException(nameof(index), index, "The statement has no such parameter.");
}
