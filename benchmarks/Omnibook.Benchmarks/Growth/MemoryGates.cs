using Omnibook.Benchmarks.Books;
using Omnibook.Benchmarks.Measuring;

namespace Omnibook.Benchmarks.Growth;

/// <summary>What a book holds in memory after a thousand frames, with its share of the market and the session that it lives in.</summary>
internal static class MemoryGates
{
    private const int Books = 100;
    private const double KiB = 1024;

    /// <summary>Measures, prints, and tells whether the bar holds.</summary>
    public static bool Run(TextWriter output)
    {
        foreach (var levels in (int[])[400, 2_000, 20_000])
        {
            output.WriteLine(FormattableString.Invariant($"a book of about {levels} levels: {BytesOf(levels) / KiB:0} KiB"));
        }

        return Bars.Judge(output, "7", "KiB for a book of 5,700 levels", BytesOf(5_700) / KiB, 320, isCeiling: true);
    }

    private static double BytesOf(int levels)
    {
        var frames = ManyBooks.Write(new MadeLevels(8, levels, 1_000));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var books = new ManyBooks(Books, frames);
        books.Restart();
        books.ApplyAll();
        books.Compare();
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(books);
        return bytes / (double)Books;
    }
}
