using Omnibook.Core.Instruments;
using Omnibook.Venues.Feed;

namespace Omnibook.Server.Pipeline.Demand;

/// <summary>
/// For a connection that takes over from others which were closed before: for what moves onto it, its first opening is no beginning but the end
/// of a break, which may have cost trades.
/// </summary>
/// <param name="streams">Keeps trades whole.</param>
/// <param name="moved">What came over the closed connections.</param>
internal sealed class MovedTrades(ITradeStreams streams, IReadOnlySet<InstrumentId> moved) : ITradeStreams
{
    /// <inheritdoc />
    public async Task OnOpeningAsync(IReadOnlyList<Instrument> instruments, bool isFirst, CancellationToken cancellationToken)
    {
        foreach (var part in instruments.GroupBy(instrument => isFirst && !moved.Contains(instrument.Id)))
        {
            await streams.OnOpeningAsync([.. part], isFirst: part.Key, cancellationToken);
        }
    }

    /// <inheritdoc />
    public Task OnDoubtAsync(IReadOnlyList<Instrument> instruments, CancellationToken cancellationToken) => streams.OnDoubtAsync(instruments, cancellationToken);

    /// <inheritdoc />
    public void OnSubscribed(Instrument instrument) => streams.OnSubscribed(instrument);
}
