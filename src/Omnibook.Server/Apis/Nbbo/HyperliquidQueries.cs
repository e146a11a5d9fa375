using Omnibook.Venues;
using Omnibook.Venues.Hyperliquid;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary>What the dialect asks the venue's REST host, each answer shared for a moment. Addresses are public on this chain.</summary>
/// <param name="info">The venue's info requests; null where there is no venue to ask, as in a replay.</param>
/// <param name="cache">The answers of the last seconds.</param>
internal sealed class HyperliquidQueries(HyperliquidInfo? info, QueryCache cache)
{
    private static readonly TimeSpan BooksKept = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BalancesKept = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AccountsKept = TimeSpan.FromSeconds(5);

    /// <summary>A user's margin and positions on one dex; the empty dex is the main one.</summary>
    public Task<byte[]> BalanceAsync(string address, string dex, CancellationToken cancellationToken) =>
        AskAsync($"balance {address} {dex}", BalancesKept, (venue, token) => venue.ClearinghouseStateAsync(address, dex, token), cancellationToken);

    /// <summary>A user's sub-accounts: an array, or null.</summary>
    public Task<byte[]> SubAccountsAsync(string address, CancellationToken cancellationToken) =>
        AskAsync($"subaccounts {address}", AccountsKept, (venue, token) => venue.SubAccountsAsync(address, token), cancellationToken);

    /// <summary>A user's newest orders, newest first: an array.</summary>
    public Task<byte[]> OrdersAsync(string address, CancellationToken cancellationToken) =>
        AskAsync($"orders {address}", AccountsKept, (venue, token) => venue.HistoricalOrdersAsync(address, token), cancellationToken);

    /// <summary>A book: an object, or null for an unknown coin.</summary>
    public Task<byte[]> BookAsync(string coin, int? figures, int? mantissa, CancellationToken cancellationToken) =>
        AskAsync($"book {coin} {figures} {mantissa}", BooksKept, (venue, token) => venue.L2BookAsync(coin, figures, mantissa, token), cancellationToken);

    private Task<byte[]> AskAsync(
        string key, TimeSpan keep, Func<HyperliquidInfo, CancellationToken, Task<byte[]>> ask, CancellationToken cancellationToken) =>
        info is null
            ? throw new VenueRequestException(RequestFailure.Unreachable, "no venue is connected")
            : cache.GetAsync(key, keep, token => ask(info, token), cancellationToken);
}
