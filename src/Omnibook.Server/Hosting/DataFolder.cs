using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Omnibook.Server.Hosting;

/// <summary>
/// The folder of everything that is kept, held by one process at a time. The lock is the operating system's, so that it ends with the
/// process however that ends; the number of the process stands beside it, in a file of its own, for the next one to name.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = "omnibook.lock";
    private const string ProcessName = "omnibook.pid";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Creates the folder if need be, and takes it.</summary>
    /// <exception cref="StartupException">It cannot be made or written, or another omnibook has it.</exception>
    public static DataFolder Open(string path)
    {
        Create(path);
        return new DataFolder(path, Hold(path));
    }

    /// <summary>Takes the folder, unless another omnibook has it.</summary>
    /// <exception cref="StartupException">It cannot be made or written.</exception>
    public static bool TryOpen(string path, [NotNullWhen(true)] out DataFolder? folder)
    {
        try
        {
            folder = Open(path);
        }
        catch (StartupException exception) when (exception.InnerException is IOException held && IsHeld(held))
        {
            folder = null;
        }

        return folder is not null;
    }

    /// <summary>Lets the folder go.</summary>
    public void Dispose()
    {
        File.Delete(System.IO.Path.Combine(Path, ProcessName));
        _lock.Dispose();
    }

    private static void Create(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new StartupException(
                $"The data folder {path} cannot be made: {exception.Message} Name another with OMNIBOOK_DATA or --data.", exception);
        }
    }

    private static FileStream Hold(string path)
    {
        try
        {
            var held = new FileStream(System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(System.IO.Path.Combine(path, ProcessName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return held;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StartupException(
                $"The data folder {path} cannot be written: {exception.Message} Change its permissions, or name another with OMNIBOOK_DATA or --data.", exception);
        }
        catch (IOException exception)
        {
            throw new StartupException(HeldOrBroken(path, exception), exception);
        }
    }

    private static string HeldOrBroken(string path, IOException exception) =>
        IsHeld(exception)
            ? $"The data folder {path} is in use by another omnibook, process {OwnerOf(path)}. Stop it, or name another folder with OMNIBOOK_DATA or --data."
            : $"The data folder {path} cannot be written: {exception.Message} Free some space or change its permissions, or name another with OMNIBOOK_DATA or --data.";

    /// <summary>EWOULDBLOCK of Linux (11) and macOS (35), ERROR_SHARING_VIOLATION (32) and ERROR_LOCK_VIOLATION (33) of Windows.</summary>
    private static bool IsHeld(IOException exception) => (exception.HResult & 0xFFFF) is 11 or 35 or 32 or 33;

    private static string OwnerOf(string path)
    {
        var file = System.IO.Path.Combine(path, ProcessName);
        return File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } text ? text : "unknown";
    }
}
