using System.Security.Cryptography;
using System.Text.Json;
using Omnibook.Venues;
using Omnibook.Venues.Hyperliquid;
using Omnibook.Venues.Hyperliquid.Orders;

namespace Omnibook.Server.Trading;

/// <summary>
/// Places, changes and cancels orders. Each is checked, counted against the limits and written down before it is signed and sent, once. What the
/// venue does not answer is asked after by our id, and never sent again.
/// </summary>
internal sealed class OrderDesk(TradingIdentity identity, VenueRest wire, AssetBoard assets, OrderLedger ledger, OrderLog log, OrderSender sender, TimeProvider time)
{
    /// <summary>As many orders may be in one request.</summary>
    public const int MostOrders = 40;

    /// <summary>Who trades, and what is allowed.</summary>
    public TradingIdentity Identity => identity;

    /// <summary>What the orders of today are worth together, in dollars.</summary>
    public decimal SpentToday => ledger.SpentOn(log.Today);

    /// <summary>A perpetual by its name, or null.</summary>
    public Task<OrderAsset?> AssetAsync(string coin, CancellationToken cancellationToken) => assets.FindAsync(coin, cancellationToken);

    /// <summary>Places orders. One that is wrong does no harm to the others.</summary>
    /// <returns>What became of each, in their order.</returns>
    public async Task<IReadOnlyList<OrderReport>> PlaceAsync(IReadOnlyList<OrderTerms> orders, CancellationToken cancellationToken)
    {
        var reports = new OrderReport[orders.Count];
        var good = new List<(int Index, OrderIntent Order)>();
        var expires = Expiry();
        for (var index = 0; index < orders.Count; index++)
        {
            var (report, intent) = await CheckAsync(orders[index], cancellationToken);
            report ??= Admit(intent!, expires);
            reports[index] = report ?? new OrderReport(intent!.ClientId, OrderResult.Unknown("it is under way")) { Order = intent };
            if (report is null)
            {
                good.Add((index, intent!));
            }
        }

        if (good.Count > 0)
        {
            var results = await SendAsync(OrderActions.Place([.. good.Select(one => one.Order)]), [.. good.Select(one => one.Order)], expires);
            foreach (var (one, result) in good.Zip(results))
            {
                reports[one.Index] = reports[one.Index] with { Result = result, IsDryRun = IsDryRun };
            }
        }

        return await Task.WhenAll(reports.Select(ResolveAsync));
    }

    /// <summary>Replaces an open order by another with the same coin and side.</summary>
    public async Task<OrderReport> ModifyAsync(OrderKey key, decimal? price, decimal? size, string? clientId, CancellationToken cancellationToken)
    {
        if (await StatusAsync(key, cancellationToken) is not { Result.State: OrderState.Resting } open)
        {
            return new OrderReport(key.ClientId, OrderResult.Refused($"no order {key} is open"));
        }

        var terms = new OrderTerms
        {
            Coin = open.Coin,
            IsBuy = open.IsBuy,
            Price = price ?? open.Price,
            Size = size ?? open.Remaining,
            ReduceOnly = open.ReduceOnly,
            TimeInForce = Enum.TryParse<TimeInForce>(open.TimeInForce, out var tif) ? tif : TimeInForce.Gtc,
            ClientId = clientId,
        };
        var expires = Expiry();
        var (report, intent) = await CheckAsync(terms, cancellationToken);
        if ((report ?? Admit(intent!, expires)) is { } settled)
        {
            return settled;
        }

        var results = await SendAsync(OrderActions.Modify([(open.OrderId, intent!)]), [intent!], expires);
        return await ResolveAsync(new OrderReport(intent!.ClientId, results[0]) { Order = intent, IsDryRun = IsDryRun });
    }

    /// <summary>Cancels orders, each by itself. To cancel twice does no harm, so that nothing is counted.</summary>
    public async Task<IReadOnlyList<OrderReport>> CancelAsync(IReadOnlyList<OrderKey> keys, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(keys.Select(key => StatusAsync(key, cancellationToken)));
        var open = keys.Zip(found).Where(pair => pair.Second?.Result.State == OrderState.Resting).ToList();
        var known = await assets.ReadAsync(cancellationToken);
        var byNumber = open.Where(pair => pair.First.ClientId is null).ToList();
        var byId = open.Where(pair => pair.First.ClientId is not null).ToList();
        var results = new Dictionary<OrderKey, OrderResult>();
        if (byNumber.Count > 0)
        {
            Add(byNumber, await SendAsync(OrderActions.Cancel([.. byNumber.Select(pair => (known[pair.Second!.Coin], pair.Second.OrderId))]), byNumber.Count, Expiry()));
        }

        if (byId.Count > 0)
        {
            Add(byId, await SendAsync(OrderActions.CancelByClientId([.. byId.Select(pair => (known[pair.Second!.Coin], pair.First.ClientId!))]), byId.Count, Expiry()));
        }

        var reports = keys.Zip(found, (key, order) => new OrderReport(
            key.ClientId, results.GetValueOrDefault(key) ?? OrderResult.Refused(order is null ? $"the venue knows no order {key}" : $"order {key} is not open: {order.Status}"))
        { IsDryRun = IsDryRun && order is not null });
        return await Task.WhenAll(reports.Zip(keys, CheckCancelAsync));

        void Add(IEnumerable<(OrderKey Key, VenueOrder? Order)> rows, IReadOnlyList<OrderResult> answers)
        {
            foreach (var (row, answer) in rows.Zip(answers))
            {
                results[row.Key] = answer with { OrderId = row.Order!.OrderId };
            }
        }
    }

    /// <summary>What the venue says of an order; null when it knows none.</summary>
    /// <exception cref="VenueRequestException">The venue did not answer.</exception>
    public Task<VenueOrder?> StatusAsync(OrderKey key, CancellationToken cancellationToken) => sender.StatusAsync(key, cancellationToken);

    /// <summary>The open orders on a dex.</summary>
    /// <exception cref="VenueRequestException">The venue did not answer.</exception>
    public async Task<IReadOnlyList<VenueOrder>> OpenAsync(string dex, CancellationToken cancellationToken)
    {
        var request = InfoRequests.OpenOrders($"{identity.Account}", dex) with { Priority = RequestPriority.Watched };
        var answer = await wire.SendAsync(request, cancellationToken);
        try
        {
            return VenueOrder.ReadOpen(answer);
        }
        catch (FormatException wrong)
        {
            throw new VenueRequestException(RequestFailure.Unreadable, wrong.Message, wrong);
        }
    }

    private bool IsDryRun => identity.Options.Mode == TradingMode.DryRun;

    private long Expiry() => (time.GetUtcNow() + identity.Options.ActionLife).ToUnixTimeMilliseconds();

    /// <summary>The order as it would be sent, or what is wrong with it.</summary>
    private async Task<(OrderReport? Report, OrderIntent? Order)> CheckAsync(OrderTerms terms, CancellationToken cancellationToken)
    {
        if (await assets.FindAsync(terms.Coin, cancellationToken) is not { } asset)
        {
            return (new OrderReport(terms.ClientId, OrderResult.Refused($"{identity.Options.Venue} lists no perpetual '{terms.Coin}'")), null);
        }

        var order = new OrderIntent
        {
            Asset = asset,
            IsBuy = terms.IsBuy,
            Price = terms.Price,
            Size = terms.Size,
            ReduceOnly = terms.ReduceOnly,
            TimeInForce = terms.TimeInForce,
            ClientId = terms.ClientId ?? "0x" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        };
        return OrderRules.Problem(order) is { } problem
            ? (new OrderReport(order.ClientId, OrderResult.Refused(problem)) { Order = order }, null)
            : (null, order);
    }

    /// <summary>Counts an order; null when it may be sent now.</summary>
    private OrderReport? Admit(OrderIntent order, long expires)
    {
        var sent = new SentOrder(order.ClientId, OrderLog.TermsOf(order), order.Notional, log.Today, expires, IsDryRun);
        if (ledger.TryAdd(sent, out var known, out var problem))
        {
            return null;
        }

        return problem is not null ? new OrderReport(order.ClientId, OrderResult.Refused(problem)) { Order = order }
            : known.Terms != sent.Terms ? new OrderReport(order.ClientId, OrderResult.Refused($"another order has the cloid {order.ClientId}")) { Order = order }
            : new OrderReport(order.ClientId, known.Result ?? OrderResult.Unknown("it is under way")) { Order = order, IsRepeat = true, IsDryRun = known.IsDryRun };
    }

    private async Task<IReadOnlyList<OrderResult>> SendAsync(JsonElement action, IReadOnlyList<OrderIntent> orders, long expires)
    {
        IReadOnlyList<OrderResult> results;
        try
        {
            results = await sender.SendAsync(action, orders, orders.Count, expires);
        }
        catch (JournalException broken)
        {
            // Nothing was sent: the ids are free again, and the limits have their room back.
            results = [.. orders.Select(_ => OrderResult.Refused($"the journal of orders cannot be written, so that nothing was sent: {broken.Message}"))];
        }

        foreach (var (order, result) in orders.Zip(results))
        {
            ledger.Settle(order.ClientId, result);
        }

        return results;
    }

    private Task<IReadOnlyList<OrderResult>> SendAsync(JsonElement action, int count, long expires) => sender.SendAsync(action, [], count, expires);

    /// <summary>Finds out what became of an order whose answer was lost.</summary>
    private async Task<OrderReport> ResolveAsync(OrderReport report)
    {
        if (report.Result.State != OrderState.Unknown || report.IsDryRun || report.ClientId is not { } id || ledger.Find(id) is not { } sent)
        {
            return report;
        }

        var result = await sender.ResolveAsync(id, sent.ExpiresAt, report.Result.Problem!);
        ledger.Settle(id, result);
        return report with { Result = result };
    }

    private async Task<OrderReport> CheckCancelAsync(OrderReport report, OrderKey key)
    {
        if (report.Result.State != OrderState.Unknown)
        {
            return report;
        }

        // Whether it is still open is all there is to know; to ask again does no harm.
        var order = await StatusAsync(key, CancellationToken.None);
        return order is null || order.Result.State == OrderState.Resting ? report : report with { Result = order.Result };
    }
}
