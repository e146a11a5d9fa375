using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.Health;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary>One member of the aggregate at one moment: whether its book can be used, and its best prices.</summary>
/// <param name="Coin">The dialect's name of the member: <c>merrli:BTC</c>.</param>
/// <param name="Instrument">The member; null while the venue has not told of it yet.</param>
/// <param name="Failure">Why its book cannot be used, in words; null when it can.</param>
/// <param name="Bid">The best bid, in the member's price scale; null when there is none or the book cannot be used.</param>
/// <param name="Ask">The best ask, likewise.</param>
internal readonly record struct MemberReading(string Coin, Instrument? Instrument, string? Failure, Price? Bid, Price? Ask)
{
    /// <summary>True when both best prices are there, so that all four numbers of the dialect can be told.</summary>
    public bool IsTwoSided => Bid is not null && Ask is not null;

    /// <summary>Reads a member. A book that is not live, or was not updated for too long, has failed.</summary>
    public static MemberReading Of(OrderBook book, Timestamp now, TimeSpan maxAge)
    {
        var failure = !book.IsLive ? BookWords.Describe(book.Status)
            : book.AgeAt(now) > maxAge ? $"no update for {book.AgeAt(now).TotalSeconds:0} s"
            : null;
        return failure is null
            ? new MemberReading(book.Instrument.Symbol, book.Instrument, null, Best(book.Bids), Best(book.Asks))
            : new MemberReading(book.Instrument.Symbol, book.Instrument, failure, null, null);
    }

    /// <summary>Reads every configured member. The list is emptied first.</summary>
    public static void ReadAll(Market market, NbboRules rules, List<MemberReading> members)
    {
        members.Clear();
        if (market.TryGetConsolidated(rules.Composite, out var composite))
        {
            foreach (var book in composite.Members)
            {
                members.Add(Of(book, market.Now, rules.MaxBookAge));
            }
        }

        foreach (var coin in rules.Coins)
        {
            if (!members.Exists(member => member.Coin == coin))
            {
                members.Add(new MemberReading(coin, null, "connecting: the venue has not listed it yet", null, null));
            }
        }
    }

    private static Price? Best(Ladder ladder) => ladder.TryGetBest(out var best) ? best.Price : null;
}
