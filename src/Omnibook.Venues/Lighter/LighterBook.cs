using Omnibook.Core.Events;

namespace Omnibook.Venues.Lighter;

/// <summary>
/// What a book says beside its levels, and the venue's rule of continuity, the same for both parsers.
/// </summary>
/// <param name="Nonce">The number of the book after the frame; null in the wire format of 2025.</param>
/// <param name="BeginNonce">The number before it: the <c>nonce</c> of the frame before. 0 in a snapshot.</param>
/// <param name="Offset">
/// A count of the API server that answers: in the present format it rises with holes and jumps on a reconnect, and says nothing
/// (elliottech/lighter-python#105). In the format of 2025, which had no nonces, it rose by one and was the chain.
/// </param>
internal readonly record struct LighterBook(long? Nonce, long? BeginNonce, long? Offset)
{
    /// <summary>True when the numbers make sense.</summary>
    public bool IsNumbered => Nonce is { } nonce && BeginNonce is { } begin
        ? nonce >= 0 && begin >= 0 && begin <= nonce
        : Nonce is null && BeginNonce is null && Offset >= 0;

    /// <summary>Closes the open book event of <paramref name="batch"/> as a snapshot. One that comes again on a connection was asked for, and replaces the book.</summary>
    public void EndSnapshot(LighterMarket market, EventTimes times, EventBatch batch)
    {
        var sequence = Nonce ?? Offset!.Value;
        batch.EndBook(sequence, sequence, times, restartsSequence: market.HasSnapshot);
        market.HasSnapshot = true;
    }

    /// <summary>Closes the open book event of <paramref name="batch"/> as a change.</summary>
    public void EndUpdate(EventTimes times, EventBatch batch)
    {
        if (Nonce is { } nonce)
        {
            batch.EndBook(BeginNonce!.Value + 1, nonce, times);
        }
        else
        {
            batch.EndBook(Offset!.Value, Offset.Value, times);
        }
    }
}
