using Omnibook.Core;

namespace Omnibook.Server.Pipeline;

/// <summary>Something that has to run on the market's own thread.</summary>
internal interface IMarketRead
{
    /// <summary>Runs it; whatever it throws goes to whoever asked.</summary>
    void Run(Market market);

    /// <summary>It will never run.</summary>
    void Cancel();
}

/// <summary>A question to the market, and the answer.</summary>
internal sealed class MarketRead<T>(Func<Market, T> read) : IMarketRead
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the question was put.</summary>
    public Task<T> Answer => _answer.Task;

    /// <inheritdoc />
    public void Run(Market market)
    {
        try
        {
            _answer.TrySetResult(read(market));
        }
        catch (Exception fault)
        {
            _answer.TrySetException(fault);
        }
    }

    /// <inheritdoc />
    public void Cancel() => _answer.TrySetCanceled();
}
