namespace Omnibook.Server.Apis.CryExc.V1;

/// <summary>Only so many large answers are made at the same time, since each is in memory as a whole; small ones go ahead.</summary>
internal sealed class LargeAnswers(V1Rules rules, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(rules.LargeAnswers);

    /// <summary>Takes a turn for an answer of so many rows. False when there is none for too long.</summary>
    public async Task<bool> TakeAsync(int rows, CancellationToken cancellationToken)
    {
        if (rows <= rules.SmallAnswer)
        {
            return true;
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await _turn.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Gives a turn back.</summary>
    public void Return(int rows)
    {
        if (rows > rules.SmallAnswer)
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();
}
