using System.Runtime.InteropServices;
using SQLitePCL;

namespace Omnibook.History.Sqlite;

/// <summary>
/// Chooses the native SQLite once per process: the system's, which its distribution keeps up to date, or else the one that
/// comes with the package (3.35.5 of 2021), so that a fresh machine works without installing anything.
/// </summary>
internal static unsafe class SqliteLibrary
{
    /// <summary>The version of the bundled library; an older one of the system is not preferred.</summary>
    private const int BundledVersion = 3_035_005;

    private static readonly string[] LinuxNames = ["libsqlite3.so.0", "libsqlite3.so"];
    private static readonly string[] MacNames = ["/usr/lib/libsqlite3.dylib"];
    private static readonly Lazy<string> Chosen = new(Choose);

    /// <summary>Loads the library if that has not been done yet.</summary>
    /// <returns>The version and where it is from: <c>3.40.1 (system)</c>.</returns>
    public static string Load() => Chosen.Value;

    private static string Choose()
    {
        var system = FindSystemLibrary();
        if (system != 0)
        {
            NativeLibrary.SetDllImportResolver(
                typeof(SQLite3Provider_e_sqlite3).Assembly, (name, _, _) => name == "e_sqlite3" ? system : 0);
        }

        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return $"{raw.sqlite3_libversion().utf8_to_string()} ({(system == 0 ? "bundled" : "system")})";
    }

    private static nint FindSystemLibrary()
    {
        foreach (var name in OperatingSystem.IsLinux() ? LinuxNames : OperatingSystem.IsMacOS() ? MacNames : [])
        {
            if (NativeLibrary.TryLoad(name, out var library))
            {
                if (VersionOf(library) >= BundledVersion)
                {
                    return library;
                }

                NativeLibrary.Free(library);
            }
        }

        return 0;
    }

    /// <summary><c>int sqlite3_libversion_number(void)</c>, https://www.sqlite.org/c3ref/libversion.html</summary>
    private static int VersionOf(nint library) =>
        NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var function)
            ? ((delegate* unmanaged[Cdecl]<int>)function)()
            : 0;
}
