using System.Reflection;
using System.Runtime.InteropServices;

namespace Omnibook.History.DuckDb;

/// <summary>Finds the native library once per process: beside the program, where the build puts it (eng/duckdb), or else where the system looks.</summary>
internal static class DuckDbLibrary
{
    /// <summary>What the binding calls it.</summary>
    public const string Name = "duckdb";

    private static readonly Lazy<(nint Handle, string Version, string Trouble)> Loaded = new(Load);

    /// <summary>Whether there is one.</summary>
    public static bool IsAvailable => Loaded.Value.Handle != 0;

    /// <summary>Its version: <c>v1.5.6</c>; empty when there is none.</summary>
    public static string Version => Loaded.Value.Version;

    /// <summary>Why there is none, in words; empty when there is one.</summary>
    public static string Trouble => Loaded.Value.Trouble;

    private static string FileName =>
        OperatingSystem.IsWindows() ? "duckdb.dll" : OperatingSystem.IsMacOS() ? "libduckdb.dylib" : "libduckdb.so";

    private static (nint, string, string) Load()
    {
        var path = Path.Combine(AppContext.BaseDirectory, FileName);
        if (!NativeLibrary.TryLoad(path, out var library) && !NativeLibrary.TryLoad(FileName, out library))
        {
            return (0, "", $"{FileName} is not beside the program and not among the libraries of the system, or was built for another platform.");
        }

        NativeLibrary.SetDllImportResolver(
            Assembly.GetExecutingAssembly(), (name, _, _) => name == Name ? library : 0);
        return (library, Marshal.PtrToStringUTF8(DuckDbApi.LibraryVersion()) ?? "", "");
    }
}
