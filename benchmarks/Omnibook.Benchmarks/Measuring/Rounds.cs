namespace Omnibook.Benchmarks.Measuring;

/// <summary>
/// Measures several contestants in turn, A B C A B C, until code is compiled for good and the best of each is found: the first second
/// shows the compiler's first draft of a method, and whatever else the machine does can only slow a round.
/// </summary>
internal static class Rounds
{
    private const int Fewest = 7;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1.5);

    /// <summary>The best figure of each.</summary>
    public static Figure[] Best(params Func<Figure>[] contestants)
    {
        var best = contestants.Select(_ => Figure.None).ToArray();
        var began = TimeProvider.System.GetTimestamp();
        for (var round = 0; round < Fewest || TimeProvider.System.GetElapsedTime(began) < Shortest * contestants.Length; round++)
        {
            for (var i = 0; i < contestants.Length; i++)
            {
                best[i] = best[i].Better(contestants[i]());
            }
        }

        return best;
    }
}
