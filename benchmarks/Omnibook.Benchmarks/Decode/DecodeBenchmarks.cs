using BenchmarkDotNet.Attributes;

namespace Omnibook.Benchmarks.Decode;

/// <summary>
/// Real depth frames of Binance USD-M, decoded and applied. A figure is for one frame of about 66 levels; taking the snapshot of
/// 2,000 levels once every 300 frames is within it, for all alike.
/// </summary>
[MemoryDiagnoser]
[ShortRunJob]
public class DecodeBenchmarks
{
    private const int Frames = 300;
    private RecordedDepth _recorded = null!;
    private DepthContestant _naive = null!;
    private DepthContestant _sorted = null!;
    private DepthContestant _indexed = null!;
    private DepthContestant _omnibook = null!;
    private Decoders _decoders = null!;

    [GlobalSetup]
    public void Setup()
    {
        _recorded = RecordedDepth.Short();
        if (_recorded.Frames.Depth.Length != Frames)
        {
            throw new InvalidOperationException($"The piece has {_recorded.Frames.Depth.Length} depth frames, not {Frames}.");
        }

        _naive = new NaiveDepth(_recorded.Frames);
        _sorted = new FloorDepth(_recorded.Frames, "sorted array", _ => new SortedArraySide());
        _indexed = new FloorDepth(_recorded.Frames, "indexed array", sign => new IndexedSide(sign));
        _omnibook = new OmnibookDepth(_recorded.Frames);
        _decoders = new Decoders(_recorded);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Frames)]
    public long Naive() => Play(_naive);

    [Benchmark(OperationsPerInvoke = Frames)]
    public long TokenizerSortedArray() => Play(_sorted);

    [Benchmark(OperationsPerInvoke = Frames)]
    public long Omnibook() => Play(_omnibook);

    [Benchmark(OperationsPerInvoke = Frames)]
    public long OmnibookDecodeOnly() => _decoders.Omnibook(_recorded.Frames.Depth);

    [Benchmark(OperationsPerInvoke = Frames)]
    public long TokenizerOnly() => Decoders.Tokens(_recorded.Frames.Depth);

    [Benchmark(OperationsPerInvoke = 558)]
    public long OmnibookTrades() => _decoders.Omnibook(_recorded.Trades);

    [Benchmark(OperationsPerInvoke = 558)]
    public long DocumentTrades() => Decoders.Document(_recorded.Trades);

    [GlobalCleanup]
    public void Compare()
    {
        foreach (var contestant in new[] { _naive, _sorted, _indexed, _omnibook })
        {
            Play(contestant);
            if (contestant.Digest() != _recorded.Frames.ExpectedDigest)
            {
                throw new InvalidOperationException($"{contestant.Name} ends with another book.");
            }
        }
    }

    private long Play(DepthContestant contestant)
    {
        contestant.Restart();
        return contestant.ApplyAll(_recorded.Frames.Depth);
    }
}
