using System.Globalization;
using Omnibook.Server.Configuration;
using Omnibook.Server.Hosting;

namespace Omnibook.Server.Doctor;

/// <summary>Looks at what the server needs of this machine: a folder, room, open files, ports.</summary>
internal static class MachineChecks
{
    private const long Megabyte = 1024 * 1024;
    private const long LeastRoom = 100 * Megabyte;
    private const long GoodRoom = 1024 * Megabyte;

    /// <summary>Every socket of a client and of a venue is an open file.</summary>
    private const long GoodFiles = 4096;

    private const string Limits = "/proc/self/limits";

    /// <summary>Looks at everything.</summary>
    public static IEnumerable<Finding> Run(OmnibookOptions options)
    {
        var folder = Folder(options.Storage.DataFolder);
        yield return folder;
        if (Directory.Exists(options.Storage.DataFolder))
        {
            yield return Room(options.Storage.DataFolder);
        }

        if (OpenFiles() is { } files)
        {
            yield return files;
        }

        yield return Ports(options.Listen);
    }

    private static Finding Folder(string path)
    {
        try
        {
            using var held = DataFolder.Open(path);
            return new Finding(Verdict.Good, Finding.Machine, "folder", $"{path} can be written");
        }
        catch (StartupException refused)
        {
            return new Finding(Verdict.Bad, Finding.Machine, "folder", refused.Message);
        }
    }

    private static Finding Room(string path)
    {
        var free = new DriveInfo(Path.GetFullPath(path)).AvailableFreeSpace;
        var verdict = free < LeastRoom ? Verdict.Bad : free < GoodRoom ? Verdict.Warning : Verdict.Good;
        return new Finding(
            verdict,
            Finding.Machine,
            "disk",
            $"{free / Megabyte} MB free at {path}",
            verdict == Verdict.Good ? "" : "free some space, name another folder with OMNIBOOK_DATA, or keep less: RETENTION_DAYS");
    }

    /// <summary><c>Max open files            1024                 1048576              files</c>; null where the system does not say.</summary>
    private static Finding? OpenFiles()
    {
        var line = File.Exists(Limits) ? File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal)) : null;
        var parts = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [_, _, _, var soft, ..])
        {
            return null;
        }

        var isGood = !long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var files) || files >= GoodFiles;
        return new Finding(
            isGood ? Verdict.Good : Verdict.Warning,
            Finding.Machine,
            "limits",
            $"{soft} open files",
            isGood ? "" : "many clients need more: ulimit -n 65536, or LimitNOFILE=65536 in the unit of the service");
    }

    private static Finding Ports(ListenOptions listen)
    {
        try
        {
            PortCheck.Ensure(listen);
            return new Finding(Verdict.Good, Finding.Machine, "ports", $"{string.Join(", ", listen.Ports)} of {listen.Address} can be opened");
        }
        catch (StartupException refused)
        {
            return new Finding(Verdict.Bad, Finding.Machine, "ports", refused.Message);
        }
    }
}
