using System.Security.Cryptography;
using System.Text;
using Omnibook.Core.Instruments;

namespace Omnibook.Simulator.Markets;

/// <summary>The book as the venue itself has it at one sequence number: what every copy of it must be equal to.</summary>
/// <param name="Sequence">The sequence number asked for.</param>
/// <param name="Bids">Best first.</param>
/// <param name="Asks">Best first.</param>
/// <param name="PriceScale">The scale of the prices.</param>
/// <param name="QuantityScale">The scale of the quantities.</param>
public sealed record TrueBook(
    long Sequence, IReadOnlyList<TrueLevel> Bids, IReadOnlyList<TrueLevel> Asks, Scale PriceScale, Scale QuantityScale)
{
    /// <summary>
    /// SHA-256, lower-case hex, of the lines <c>b price quantity</c> then <c>a price quantity</c>, best first, joined by line feeds
    /// with none at the end, in the shortest exact decimals.
    /// </summary>
    /// <param name="levels">Only so many levels a side; all when left out.</param>
    public string Digest(int levels = int.MaxValue)
    {
        var text = new StringBuilder();
        Append(text, 'b', Bids, levels);
        Append(text, 'a', Asks, levels);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text.ToString())));
    }

    private void Append(StringBuilder text, char side, IReadOnlyList<TrueLevel> ladder, int levels)
    {
        for (var i = 0; i < Math.Min(levels, ladder.Count); i++)
        {
            if (text.Length > 0)
            {
                text.Append('\n');
            }

            text.Append(side).Append(' ').Append(PriceScale.Format(ladder[i].Price))
                .Append(' ').Append(QuantityScale.Format(ladder[i].Quantity));
        }
    }
}
