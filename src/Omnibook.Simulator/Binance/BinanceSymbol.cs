using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Binance;

/// <summary>How a symbol is traded and written at Binance.</summary>
/// <param name="Rules">The market.</param>
/// <param name="PriceDigits">Decimals in price texts, which are not those of the tick size.</param>
/// <param name="QuantityDigits">Decimals in quantity texts.</param>
internal sealed record BinanceSymbol(MarketRules Rules, int PriceDigits, int QuantityDigits);
