using System.Runtime.InteropServices;

namespace Omnibook.History.Database;

/// <summary>Gives the market's threads the first call on the cores: a thread that took low priority works with what they leave.</summary>
internal static partial class LowPriority
{
    /// <summary><c>PRIO_PROCESS</c>; Linux takes 0 for the calling thread alone. https://man7.org/linux/man-pages/man2/setpriority.2.html</summary>
    private const int PrioProcess = 0;
    private const int Nice = 10;

    /// <summary>From now on the calling thread has low priority.</summary>
    public static void Take()
    {
        if (OperatingSystem.IsLinux())
        {
            // .NET leaves priorities of threads alone there. Where it is forbidden, the thread works as others do.
            _ = SetPriority(PrioProcess, 0, Nice);
        }
        else
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
