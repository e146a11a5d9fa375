using Omnibook.Core.Derived;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Lighter;

/// <summary>One market of a connection, and what has to be remembered between two of its frames.</summary>
internal sealed class LighterMarket
{
    private readonly int[] _streams = [.. Enumerable.Repeat(-1, Enum.GetValues<Channel>().Length)];
    private int[] _candles = [];

    /// <summary>A market whose streams are set afterwards.</summary>
    public LighterMarket(Instrument instrument, LighterTape tape) => (Instrument, Tape) = (instrument, tape);

    /// <summary>Which instrument it is.</summary>
    public Instrument Instrument { get; }

    /// <summary>What is known of its trades, across connections.</summary>
    public LighterTape Tape { get; }

    /// <summary>True once a book has come on this connection.</summary>
    public bool HasSnapshot { get; set; }

    /// <summary>The index of the stream of candles; -1 when it is not planned.</summary>
    public ref int StreamOf(CandleInterval interval)
    {
        if (_candles.Length == 0)
        {
            _candles = [.. Enumerable.Repeat(-1, CandleInterval.All.Count)];
        }

        return ref _candles[interval.Ordinal];
    }

    /// <summary>The index of the stream of a channel; -1 when it is not planned.</summary>
    public ref int StreamOf(Channel channel) => ref _streams[(int)channel];
}
