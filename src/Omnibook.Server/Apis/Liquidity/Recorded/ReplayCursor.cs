using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.History.Recording;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Liquidity.Recorded;

/// <summary>What a step through a recording came to.</summary>
internal enum ReplayStep
{
    /// <summary>Nothing that is told.</summary>
    Nothing,

    /// <summary>The symbol was measured: <see cref="ReplayCursor.Reading"/>.</summary>
    Measured,

    /// <summary>Something was not recorded; it goes on at the next checkpoint.</summary>
    Hole,

    /// <summary>Nothing more is recorded yet.</summary>
    End,
}

/// <summary>
/// Goes through a recording with a market of its own, in which what was done to the recorded one is done again, and measures a symbol by the same
/// code at the same moments as it was measured then.
/// </summary>
internal sealed class ReplayCursor : IDisposable
{
    private readonly LiquiditySettings _settings;
    private readonly SymbolPlan _plan;
    private readonly int _window;
    private readonly RecordedMarket _recording;
    private Market? _market;
    private LiquidityBoard? _board;
    private LiquidityMetronome _beat;

    /// <summary>A cursor that stands before a position.</summary>
    /// <param name="folder">The folder of the recording.</param>
    /// <param name="position">The position.</param>
    /// <param name="settings">How is measured.</param>
    /// <param name="plan">What is measured.</param>
    /// <param name="window">Within which window.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public ReplayCursor(string folder, long position, LiquiditySettings settings, SymbolPlan plan, int window)
    {
        (_settings, _plan, _window) = (settings, plan, window);
        _recording = new RecordedMarket(folder, position);
    }

    /// <summary>The time of the last event.</summary>
    public Timestamp At => _recording.At;

    /// <summary>Whether the market is known: false before the first checkpoint, and after a hole.</summary>
    public bool IsKnown => _market is not null;

    /// <summary>How the symbol was measured last.</summary>
    public SymbolReading? Reading => _board?.Symbols[0].Reading;

    /// <summary>Reads one thing and does it.</summary>
    /// <param name="until">The last position that is on the disk.</param>
    /// <exception cref="InvalidDataException">The recording is of a newer program.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public ReplayStep Next(long until)
    {
        switch (_recording.Read(until))
        {
            case RecordedKind.End: return ReplayStep.End;
            case RecordedKind.Hole:
                (_market, _board) = (null, null);
                return ReplayStep.Hole;
            case RecordedKind.Begin: Begin(); return ReplayStep.Nothing;
            case RecordedKind.Checkpoint when _market is null: Begin(_recording.Checkpoint!); return ReplayStep.Nothing;
            case RecordedKind.Command when _market is not null: _recording.Command!.Apply(_market); return ReplayStep.Nothing;
            case RecordedKind.Batch when _market is not null: return Apply(_market);
            default: return ReplayStep.Nothing;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _recording.Dispose();

    private ReplayStep Apply(Market market)
    {
        try
        {
            _recording.Batch.DeliverTo(market);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // As the market's loop did when it met the same.
            MarketLoop.DistrustEveryBook(market, _recording.Catalog);
        }

        market.Changes.Clear();
        if (!_beat.IsDue(market.Now))
        {
            return ReplayStep.Nothing;
        }

        _board!.Measure(market);
        return ReplayStep.Measured;
    }

    private void Begin()
    {
        _market = new Market(_recording.Catalog, []);
        _board = new LiquidityBoard(_settings with { Symbols = [_plan] }, _recording.Catalog, new StreamCounters(), _window);
        _beat = LiquidityMetronome.OfHz(_settings.TickHz);
    }

    private void Begin(RecordingCheckpoint checkpoint)
    {
        Begin();
        foreach (var composite in checkpoint.Composites)
        {
            _market!.Follow(composite);
        }

        _market!.Restore(checkpoint.At, checkpoint.Books);
        var index = _settings.Symbols.ToList().FindIndex(plan => plan.Name == _plan.Name);
        if (checkpoint.Beside.Count == 1 + (3 * _settings.Symbols.Count) && index >= 0)
        {
            _beat.Last = checkpoint.Beside[0];
            LiquidityBoard.RestoreStatus([.. checkpoint.Beside.Skip(1)], index, _board!.Symbols[0]);
        }
    }
}
