using System.Runtime.InteropServices;

namespace Omnibook.History.DuckDb;

/// <summary>A database, in memory or in a file. Never two of one file.</summary>
internal sealed class DuckDbInstance : SafeHandle
{
    /// <summary>None yet.</summary>
    public DuckDbInstance()
        : base(0, ownsHandle: true)
    {
    }

    /// <inheritdoc />
    public override bool IsInvalid => handle == 0;

    /// <summary>Opens one.</summary>
    /// <param name="path">The file, or <c>:memory:</c>.</param>
    /// <param name="settings">Names and values of https://duckdb.org/docs/stable/configuration/overview</param>
    /// <exception cref="DuckDbException">It cannot be opened, or a setting is unknown.</exception>
    /// <exception cref="DllNotFoundException">There is no library.</exception>
    public static DuckDbInstance Open(string path, IEnumerable<(string Name, string Value)> settings)
    {
        if (!DuckDbLibrary.IsAvailable)
        {
            throw new DllNotFoundException(DuckDbLibrary.Trouble);
        }

        Ensure(DuckDbApi.CreateConfig(out var config), "no configuration could be made");
        try
        {
            foreach (var (name, value) in settings)
            {
                Ensure(DuckDbApi.SetConfig(config, name, value), $"setting {name} cannot be {value}");
            }

            return Open(path, config);
        }
        finally
        {
            DuckDbApi.DestroyConfig(ref config);
        }
    }

    /// <summary>A connection of its own: one statement at a time, from one thread at a time.</summary>
    public DuckDbConnection Connect()
    {
        Ensure(DuckDbApi.Connect(handle, out var connection), "no connection could be made");
        return new DuckDbConnection(connection);
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        DuckDbApi.Close(ref handle);
        return true;
    }

    private static DuckDbInstance Open(string path, nint config)
    {
        var opened = new DuckDbInstance();
        if (DuckDbApi.Open(path, out var database, config, out var error) != DuckDbApi.Success)
        {
            var message = Marshal.PtrToStringUTF8(error) ?? "no reason given";
            DuckDbApi.Free(error);
            throw new DuckDbException(0, message);
        }

        opened.SetHandle(database);
        return opened;
    }

    private static void Ensure(int state, string trouble)
    {
        if (state != DuckDbApi.Success)
        {
            throw new DuckDbException(0, trouble);
        }
    }
}
