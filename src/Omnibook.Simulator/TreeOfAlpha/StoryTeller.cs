using System.Globalization;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.TreeOfAlpha;

/// <summary>Makes items up, all of them plainly invented, of every family and with every part that may be there or missing.</summary>
internal sealed class StoryTeller(SeededRandom random)
{
    private static readonly string[] Coins = ["BTC", "ETH", "SOL", "BNB", "XRP", "DOGE", "ADA", "AVAX", "LINK", "HYPE"];
    private static readonly string[] Names = ["Ada Example", "The Block Reader (made up)", "db", "Нина", "Satoshi: the bot"];
    private static readonly string[] Handles = ["ada_example", "blockreader", "db0", "nina_s", "not_satoshi"];
    private static readonly string[] Channels = ["Whale Watch (simulated)", "Exchange Alerts (simulated)"];
    private static readonly string[] Sources = ["Blogs", "Terminal", "usGov", "Binance Blog"];
    private static readonly string[] Exchanges = ["Binance EN", "Upbit", "Bithumb", "Coinbase", "Bybit"];
    private static readonly string[] Deeds = ["announces an upgrade", "moves 1,000 coins", "reports its quarter", "denies the rumour: all is well", "opens a new office"];

    /// <summary>Titles that a careless client stumbles over. U+E000 stands for half a surrogate pair, which no .NET writer would write.</summary>
    private static readonly string[] StrangeTitles =
    [
        "half a pair \uE000 in the middle", "zero \0 inside", "\u202Ethgir ot tfel\u202C", "<script>alert('x')</script> & \"quotes\"", "=cmd|'/C calc'!A0",
        "line\r\nbreak\tand \u001b[31mcolour", new string('A', 5000), "\uD83D\uDE80\uD83C\uDDEA\uD83C\uDDFA \u0E3F 비트코인",
    ];

    /// <summary>The next item.</summary>
    /// <param name="milliseconds">When it is published.</param>
    /// <param name="isStrange">Whether its words are to be odd.</param>
    public Story Next(long milliseconds, bool isStrange)
    {
        var id = $"{milliseconds / 1000:x8}{random.Next():x16}";
        var number = random.Below(1_000_000_000).ToString(CultureInfo.InvariantCulture);
        var coin = random.Chance(700) ? Pick(Coins) : null;
        var text = isStrange ? Pick(StrangeTitles) : $"{coin ?? "The market"} {Pick(Deeds)} (invented, number {number})";
        var story = (int)random.Below(10) switch
        {
            < 4 => Post(id, text, number),
            4 => Bare(id, StoryKind.ChannelMessage, Pick(Channels), $"https://t.me/simulated/{number}") with { Body = text },
            < 7 => Bare(id, StoryKind.Article, text, $"https://example.org/articles/{number}") with
            {
                Source = Pick(Sources),
                Body = random.Chance(300) ? $"The whole story of {text}." : "",
            },
            _ => Notice(id, text, number, coin),
        };
        return story with
        {
            Milliseconds = milliseconds,
            DelayMilliseconds = (int)random.Between(20, 900),
            Coin = coin,
            HasSuggestions = coin is not null && random.Chance(600),
            Image = random.Chance(300) ? $"https://example.org/pictures/{number}.png" : null,
        };
    }

    private Story Post(string id, string text, string number)
    {
        var who = (int)random.Below(Names.Length);
        return Bare(id, StoryKind.Post, $"{Names[who]} (@{Handles[who]})", $"https://twitter.com/{Handles[who]}/status/{number}") with
        {
            Body = text,
            Manner = (random.Chance(200), random.Chance(200), random.Chance(200)),
        };
    }

    private Story Notice(string id, string text, string number, string? coin)
    {
        var exchange = Pick(Exchanges);
        var isForeign = exchange is "Upbit" or "Bithumb";
        return Bare(id, StoryKind.Notice, isForeign ? $"{coin ?? "디지털 자산"} 거래 안내 {number}" : text, $"https://example.org/notices/{number}") with
        {
            Source = exchange,
            English = isForeign && random.Chance(800) ? text : null,
        };
    }

    private static Story Bare(string id, StoryKind kind, string title, string link) =>
        new() { Id = id, Kind = kind, Title = title, Link = link, Milliseconds = 0, DelayMilliseconds = 0 };

    private string Pick(string[] choices) => choices[random.Below(choices.Length)];
}
