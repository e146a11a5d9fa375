using System.Globalization;
using Omnibook.Core.Events;

namespace Omnibook.Server.Replay;

/// <summary>How fast recorded time goes by: <c>max</c>, or so many times as fast as it was.</summary>
/// <param name="Factor">How many times as fast; null is as fast as possible.</param>
internal readonly record struct ReplaySpeed(double? Factor)
{
    private const double Fastest = 1_000_000;

    /// <summary>As fast as possible.</summary>
    public static ReplaySpeed Max => new(null);

    /// <summary>Reads <c>max</c>, <c>1</c>, <c>10</c>, <c>0.5</c>.</summary>
    public static bool TryParse(string text, out ReplaySpeed speed)
    {
        speed = Max;
        if (text.Equals("max", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor);
        speed = new ReplaySpeed(factor);
        return isNumber && factor is > 0 and <= Fastest;
    }
}

/// <summary>Waits until a recorded moment has come.</summary>
internal sealed class ReplayPace(ReplaySpeed speed, TimeProvider time)
{
    /// <summary>Shorter waits are not worth a timer: frames come in bursts.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly long _start = time.GetTimestamp();
    private Timestamp _first;

    /// <summary>Waits until the moment of a frame; a frame without a time comes at once.</summary>
    public async ValueTask WaitAsync(Timestamp receivedAt, CancellationToken cancellationToken)
    {
        if (speed.Factor is not { } factor || receivedAt.IsUnknown)
        {
            return;
        }

        _first = _first.IsUnknown ? receivedAt : _first;
        var due = (receivedAt - _first) / factor;
        var wait = due - time.GetElapsedTime(_start);
        if (wait > Shortest)
        {
            await Task.Delay(wait, time, cancellationToken);
        }
    }
}
