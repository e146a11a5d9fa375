using System.Runtime.CompilerServices;

namespace Omnibook.Core.Books;

/// <summary>Divides prices by an instrument's tick with a multiplication, which costs a tenth of a division.</summary>
internal readonly struct TickDivision
{
    /// <summary>⌊2^64 / tick⌋ + 1; unused when the tick is 1.</summary>
    private readonly ulong _reciprocal;

    /// <param name="tick">The step between prices, in units of price. What is not positive counts as 1: every price is a multiple of it.</param>
    public TickDivision(long tick)
    {
        Tick = Math.Max(1, tick);
        _reciprocal = Tick == 1 ? 0 : ulong.MaxValue / (ulong)Tick + 1;
    }

    /// <summary>The step between prices, in units of price.</summary>
    public long Tick { get; }

    /// <summary>How many ticks make a price. False for a price between two ticks.</summary>
    /// <remarks>
    /// For n = q × tick the product exceeds q × 2^64 by at most n &lt; 2^63, so that its high half is q exactly. For any other n no q
    /// multiplies back to n.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryDivide(long price, out long ticks)
    {
        if (Tick == 1)
        {
            ticks = price;
            return true;
        }

        ticks = (long)Math.BigMul((ulong)price, _reciprocal, out _);
        return ticks * Tick == price;
    }
}
