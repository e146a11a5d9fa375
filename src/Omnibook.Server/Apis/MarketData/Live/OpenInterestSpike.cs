using Omnibook.Core.Derived;
using Omnibook.Core.Events;

namespace Omnibook.Server.Apis.MarketData.Live;

/// <summary>How unusual the last step of open interest was, and the volume traded in it: in standard deviations of the steps before.</summary>
/// <param name="At">The end of the step.</param>
/// <param name="OpenInterestScore">Of the relative change of open interest; negative when it fell.</param>
/// <param name="VolumeScore">Of the volume of the last candle that is over.</param>
internal readonly record struct OpenInterestSpike(Timestamp At, double OpenInterestScore, double VolumeScore)
{
    /// <summary>A volume that is this unusual confirms that something happened.</summary>
    public const double ConfirmedFrom = 2;

    /// <summary>With fewer steps before it, nothing is called unusual.</summary>
    private const int FewestBefore = 20;

    /// <summary>Whether the volume says the same.</summary>
    public bool IsConfirmed => VolumeScore >= ConfirmedFrom;

    /// <summary>The scores of the last step; null where too little is known, or nothing ever changes.</summary>
    /// <param name="openInterest">Rows of equal steps, oldest first.</param>
    /// <param name="candles">Candles of the same length, oldest first, without one that is still open.</param>
    public static OpenInterestSpike? Of(IReadOnlyList<OpenInterestPoint> openInterest, IReadOnlyList<Candle> candles)
    {
        double[] changes =
        [
            .. openInterest.Zip(openInterest.Skip(1))
                .Where(pair => pair.First.Quantity > 0)
                .Select(pair => (double)((pair.Second.Quantity - pair.First.Quantity) / pair.First.Quantity)),
        ];
        return ScoreOfLast(changes) is { } change && ScoreOfLast([.. candles.Select(candle => (double)candle.BaseVolume)]) is { } volume
            ? new OpenInterestSpike(openInterest[^1].At, change, volume)
            : null;
    }

    /// <summary>(x − mean) / standard deviation, both of the values before x.</summary>
    private static double? ScoreOfLast(double[] values)
    {
        if (values.Length <= FewestBefore)
        {
            return null;
        }

        var before = values[..^1];
        var mean = before.Average();
        var deviation = Math.Sqrt(before.Sum(value => (value - mean) * (value - mean)) / (before.Length - 1));
        return deviation > 0 ? (values[^1] - mean) / deviation : null;
    }
}
