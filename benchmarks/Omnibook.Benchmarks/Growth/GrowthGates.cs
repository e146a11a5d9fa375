using Omnibook.Benchmarks.Books;
using Omnibook.Benchmarks.Decode;
using Omnibook.Benchmarks.Measuring;
using Omnibook.Benchmarks.Wire;

namespace Omnibook.Benchmarks.Growth;

/// <summary>What a level costs as books grow deeper and as there are more of them, from the bytes of a frame to the best price.</summary>
internal static class GrowthGates
{
    /// <summary>Measures, prints, and tells whether the bars hold.</summary>
    public static bool Run(TextWriter output)
    {
        var depth = Ratio(output, [200, 1_000, 5_000, 10_000], OfDepth, "levels a side");
        var books = Ratio(output, [4, 40, 400, 2_000], OfBooks, "books of 2,000 levels");
        return Bars.Judge(output, "5", "times as much a level at 10,000 levels a side as at 200", depth, 2, isCeiling: true)
            & Bars.Judge(output, "5", "times as much a level with 2,000 books as with 4", books, 3, isCeiling: true);
    }

    /// <summary>How much more a level costs in the last case than in the first.</summary>
    private static double Ratio(TextWriter output, int[] sizes, Func<int, double> nanosecondsOf, string what)
    {
        var figures = sizes.Select(nanosecondsOf).ToArray();
        for (var i = 0; i < sizes.Length; i++)
        {
            output.WriteLine(FormattableString.Invariant($"{sizes[i],6:#,0} {what}: {figures[i]:0.0} ns/level"));
        }

        return figures[^1] / figures[0];
    }

    private static double OfDepth(int levelsOfSide)
    {
        var frames = BybitFrames.Write(new MadeLevels(6, levelsOfSide * 2, 2_000));
        var contestant = new OmnibookDepth(frames);
        var best = Rounds.Best(() => DecodeGates.Play(contestant, frames))[0];
        return best.Seconds * 1e9 / frames.Levels;
    }

    private static double OfBooks(int count)
    {
        var books = new ManyBooks(count, ManyBooks.Write(new MadeLevels(7, 2_000, 100)));
        var best = Rounds.Best(() =>
        {
            books.Restart();
            var figure = Figure.Measure(books.ApplyAll, books.Frames);
            books.Compare();
            return figure;
        })[0];
        return best.Seconds * 1e9 / books.Levels;
    }
}
