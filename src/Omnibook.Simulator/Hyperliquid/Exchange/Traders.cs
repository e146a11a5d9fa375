namespace Omnibook.Simulator.Hyperliquid.Exchange;

/// <summary>
/// The accounts that can trade. Whoever was never given money is unknown here, so that a wrong signature, which seems to be somebody else's, is
/// refused as the venue refuses it.
/// </summary>
internal sealed class Traders
{
    private readonly Dictionary<string, Trader> _traders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Trader> _agents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NonceLedger> _nonces = new(StringComparer.Ordinal);

    /// <summary>Gives an account money, and makes it when it is new.</summary>
    /// <param name="address">The account.</param>
    /// <param name="dex">The dex on which the money is; empty for the first.</param>
    /// <param name="amount">How much.</param>
    /// <param name="master">Who may act for it, when it is a vault or a sub-account.</param>
    public void Fund(string address, string dex, decimal amount, string? master = null)
    {
        var key = address.ToLowerInvariant();
        if (!_traders.TryGetValue(key, out var trader))
        {
            _traders[key] = trader = new Trader(key, master?.ToLowerInvariant());
        }

        trader.Deposit(dex, amount);
    }

    /// <summary>Lets an agent's key act for an account that has money.</summary>
    public void Approve(string agent, string address) => _agents[agent.ToLowerInvariant()] = _traders[address.ToLowerInvariant()];

    /// <summary>An account that can trade, or null.</summary>
    public Trader? Find(string address) => _traders.GetValueOrDefault(address);

    /// <summary>The account that a signer acts for, or null for a signer whom nobody knows.</summary>
    public Trader? OfSigner(string signer) => _traders.GetValueOrDefault(signer) ?? _agents.GetValueOrDefault(signer);

    /// <summary>Takes a nonce of a signer.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? TakeNonce(string signer, long nonce, long now)
    {
        if (!_nonces.TryGetValue(signer, out var ledger))
        {
            _nonces[signer] = ledger = new NonceLedger();
        }

        return ledger.Take(nonce, now);
    }
}
