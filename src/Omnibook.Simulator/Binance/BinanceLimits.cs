namespace Omnibook.Simulator.Binance;

/// <summary>The limits in which Binance's markets differ, and the words in which they are told.</summary>
/// <param name="WeightPerMinute">Request weight that one address may use in each minute of the clock.</param>
/// <param name="MessagesPerSecond">Messages that a client may send on one connection in a second.</param>
/// <param name="TooMany">What 429 says.</param>
/// <param name="Banned">What 418 says, from the end of the ban in Unix milliseconds.</param>
internal sealed record BinanceLimits(int WeightPerMinute, int MessagesPerSecond, string TooMany, Func<long, string> Banned);
