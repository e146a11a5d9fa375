using System.Globalization;

namespace Omnibook.Benchmarks.Measuring;

/// <summary>Prints figures, and judges them.</summary>
internal static class Bars
{
    /// <summary>Prints a bar and tells whether it holds.</summary>
    public static bool Judge(TextWriter output, string gate, string what, double figure, double bar, bool isCeiling)
    {
        var holds = isCeiling ? figure <= bar : figure >= bar;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"gate {gate}: {figure,8:0.00} {what}; {(isCeiling ? "at most" : "at least")} {bar}: {(holds ? "holds" : "FAILS")}"));
        return holds;
    }

    /// <summary>Prints what a contestant reached.</summary>
    public static void Print(TextWriter output, string name, Figure figure, int frames, int levels) =>
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-46} {frames / figure.Seconds,12:#,0} frames/s {figure.Seconds * 1e9 / levels,8:0.0} ns/level {figure.BytesPerFrame,8:0.0} B/frame"));
}
