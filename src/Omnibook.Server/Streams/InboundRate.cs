namespace Omnibook.Server.Streams;

/// <summary>Notices a client that sends too much: more than the limit in each of two consecutive seconds.</summary>
internal sealed class InboundRate(int perSecond, TimeProvider time)
{
    private long _second = time.GetTimestamp();
    private int _messages;
    private bool _previousWasOver;

    /// <summary>Counts a message.</summary>
    /// <returns>False when it is one too many.</returns>
    public bool Admit()
    {
        var elapsed = time.GetElapsedTime(_second);
        if (elapsed >= TimeSpan.FromSeconds(1))
        {
            _previousWasOver = _messages > perSecond && elapsed < TimeSpan.FromSeconds(2);
            (_second, _messages) = (time.GetTimestamp(), 0);
        }

        return ++_messages <= perSecond || !_previousWasOver;
    }
}
