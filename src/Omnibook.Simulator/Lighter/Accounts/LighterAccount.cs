namespace Omnibook.Simulator.Lighter.Accounts;

/// <summary>An open position.</summary>
/// <param name="Market">The market.</param>
/// <param name="Size">In the base; negative when short.</param>
/// <param name="EntryPrice">The average price of what is open, in dollars.</param>
/// <param name="MarginFraction">The initial margin that was chosen, in ten-thousandths.</param>
/// <param name="OpenOrders">How many orders rest in the market.</param>
internal sealed record LighterPosition(LighterMarket Market, decimal Size, decimal EntryPrice, int MarginFraction, int OpenOrders);

/// <summary>What is fixed about an account; values follow from it and the prices of the moment.</summary>
/// <param name="Index">The account's number.</param>
/// <param name="Address">The address on the first layer, in lower case.</param>
/// <param name="Collateral">What was paid in, in dollars.</param>
/// <param name="Positions">What is open.</param>
internal sealed record LighterAccount(long Index, string Address, decimal Collateral, IReadOnlyList<LighterPosition> Positions);
