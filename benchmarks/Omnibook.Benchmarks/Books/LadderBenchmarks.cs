using BenchmarkDotNet.Attributes;

namespace Omnibook.Benchmarks.Books;

/// <summary>
/// The same stream of changes into each structure that a ladder could be. A figure is for one level. Every run ends by comparing the
/// final book with the expected one.
/// </summary>
[MemoryDiagnoser]
[ShortRunJob]
public class LadderBenchmarks
{
    private const int Frames = 2000;
    private const int Levels = Frames * MadeLevels.LevelsPerFrame;
    private MadeLevels _made = null!;
    private LadderCandidate _sortedDictionary = null!;
    private LadderCandidate _sortedArray = null!;
    private LadderCandidate _flatWindow = null!;
    private LadderCandidate _ladder = null!;

    /// <summary>Levels of both sides together.</summary>
    [Params(400, 5700, 20_000)]
    public int Depth { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _made = new MadeLevels(seed: 1, Depth, Frames);
        _sortedDictionary = Filled(new SortedDictionaryCandidate());
        _sortedArray = Filled(new SortedArrayCandidate());
        _flatWindow = Filled(new FlatWindowCandidate());
        _ladder = Filled(new OmnibookCandidate());
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Levels)]
    public void SortedDictionary() => Play(_sortedDictionary);

    [Benchmark(OperationsPerInvoke = Levels)]
    public void SortedArray() => Play(_sortedArray);

    /// <summary>One place a tick over 65,536 ticks, sorted overflow: the fastest known, and the largest.</summary>
    [Benchmark(OperationsPerInvoke = Levels)]
    public void FlatWindow() => Play(_flatWindow);

    [Benchmark(OperationsPerInvoke = Levels)]
    public void Ladder() => Play(_ladder);

    [GlobalCleanup]
    public void Compare()
    {
        foreach (var candidate in (LadderCandidate[])[_sortedDictionary, _sortedArray, _flatWindow, _ladder])
        {
            Play(candidate);
            candidate.AssertIs(_made.End);
        }
    }

    private LadderCandidate Filled(LadderCandidate candidate)
    {
        candidate.Apply([_made.Start]);
        Play(candidate);
        candidate.AssertIs(_made.End);
        return candidate;
    }

    /// <summary>
    /// Quantities are absolute, so that the stream ends with the same book when it begins with its own end: every run does the same.
    /// </summary>
    private void Play(LadderCandidate candidate) => candidate.Apply(_made.Frames);
}
