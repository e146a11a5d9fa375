using System.Runtime.InteropServices;

namespace Omnibook.Benchmarks.Measuring;

/// <summary>
/// How long this thread has been running, without the time in which others had its core: what a busy machine leaves of a measurement.
/// Elsewhere than on Linux: how long ago the clock began.
/// </summary>
internal static class ThreadClock
{
    // https://man7.org/linux/man-pages/man2/clock_getres.2.html
    private const int ThreadCpuTime = 3;

    /// <summary>In seconds.</summary>
    public static double Seconds =>
        OperatingSystem.IsLinux() && Environment.Is64BitProcess && Read(ThreadCpuTime, out var time) == 0
            ? time.Seconds + time.Nanoseconds * 1e-9
            : TimeProvider.System.GetTimestamp() / (double)TimeProvider.System.TimestampFrequency;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Read(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
