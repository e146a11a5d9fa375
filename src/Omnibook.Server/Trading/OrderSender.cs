using System.Text.Json;
using Omnibook.Venues;
using Omnibook.Venues.Hyperliquid;
using Omnibook.Venues.Hyperliquid.Orders;

namespace Omnibook.Server.Trading;

/// <summary>Signs, writes down and sends, once; and asks after what was not answered.</summary>
internal sealed partial class OrderSender(TradingIdentity identity, VenueRest wire, OrderLog log, NonceSource nonces, TimeProvider time, ILogger<OrderSender> logger)
{
    /// <summary>How far the venue's clock may be behind ours.</summary>
    private static readonly TimeSpan ClockDoubt = TimeSpan.FromSeconds(3);

    /// <summary>More than the life of an action and the doubt take; then the venue does not answer at all.</summary>
    private const int MostTries = 25;

    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly ExchangeRequests? _requests = identity.Signer is { } signer ? new ExchangeRequests(signer, identity.Vault) : null;

    /// <summary>Sends an action.</summary>
    /// <param name="action">The action.</param>
    /// <param name="orders">The orders that it places; none for a cancel.</param>
    /// <param name="count">How many results it has.</param>
    /// <param name="expires">After which the venue takes it no more, Unix milliseconds.</param>
    /// <returns>The result of each; <see cref="OrderState.Unknown"/> where the venue may have done it and did not say so.</returns>
    /// <exception cref="JournalException">It could not be written down; nothing was sent.</exception>
    public async Task<IReadOnlyList<OrderResult>> SendAsync(JsonElement action, IReadOnlyList<OrderIntent> orders, int count, long expires)
    {
        long nonce;
        lock (_gate)
        {
            // In the journal the nonces rise as they do at the venue.
            nonce = nonces.Next();
            log.Request(action, orders, nonce, expires);
        }

        if (identity.Options.Mode == TradingMode.DryRun)
        {
            return [.. Enumerable.Repeat(new OrderResult(OrderState.Unknown) { Problem = "dry run: checked and written down, not sent" }, count)];
        }

        var results = await ExchangeAsync(_requests!.Sign(action, count, nonce, expires), nonce, count);
        log.Outcomes(orders, results);
        return results;
    }

    /// <summary>What the venue says of an order; null when it knows none.</summary>
    /// <exception cref="VenueRequestException">The venue did not answer.</exception>
    public async Task<VenueOrder?> StatusAsync(OrderKey key, CancellationToken cancellationToken)
    {
        var account = $"{identity.Account}";
        var request = key.OrderId is { } id ? InfoRequests.OrderStatus(account, id) : InfoRequests.OrderStatus(account, key.ClientId!);
        var answer = await wire.SendAsync(request with { Priority = RequestPriority.Watched }, cancellationToken);
        try
        {
            return VenueOrder.ReadStatus(answer);
        }
        catch (FormatException wrong)
        {
            throw new VenueRequestException(RequestFailure.Unreadable, wrong.Message, wrong);
        }
    }

    /// <summary>
    /// Asks after an order until the venue knows it, or until it can no longer come to know it. Where the venue does not answer either, the order stays
    /// unknown, and counts.
    /// </summary>
    public async Task<OrderResult> ResolveAsync(string clientId, long expires, string why)
    {
        var until = DateTimeOffset.FromUnixTimeMilliseconds(expires) + ClockDoubt;
        for (var tries = 0; tries < MostTries; tries++)
        {
            var isOver = time.GetUtcNow() > until;
            if (await TryAskAsync(clientId) is { } answer && (answer.Order is not null || isOver))
            {
                var result = answer.Order?.Result ?? OrderResult.Refused($"it never reached the venue ({why})");
                log.Outcome(clientId, result);
                return result;
            }

            await Task.Delay(AskEvery, time);
        }

        return OrderResult.Unknown(why);
    }

    private async Task<(VenueOrder? Order, bool)?> TryAskAsync(string clientId)
    {
        try
        {
            return (await StatusAsync(new OrderKey(null, clientId), CancellationToken.None), true);
        }
        catch (VenueRequestException failed)
        {
            LogUnanswered(clientId, failed.Message);
            return null;
        }
    }

    private async Task<IReadOnlyList<OrderResult>> ExchangeAsync(RestRequest request, long nonce, int count)
    {
        try
        {
            // Whoever asked may have gone: what was written down is sent all the same.
            var body = await wire.SendAsync(request, CancellationToken.None);
            log.Answer(nonce, body);
            return ExchangeAnswers.Read(body, count);
        }
        catch (FormatException wrong)
        {
            return Same(OrderResult.Unknown(wrong.Message), count);
        }
        catch (VenueRequestException failed)
        {
            log.Failure(nonce, failed);
            return Same(MayHaveBeenDone(failed.Failure) ? OrderResult.Unknown(failed.Message) : OrderResult.Refused(failed.Message), count);
        }
    }

    /// <summary>Only an answer that says no, or a request that was never sent, is certain.</summary>
    private static bool MayHaveBeenDone(RequestFailure failure) =>
        failure is not (RequestFailure.OverBudget or RequestFailure.RateLimited or RequestFailure.GeoBlocked or RequestFailure.Rejected);

    private static OrderResult[] Same(OrderResult result, int count) => [.. Enumerable.Repeat(result, count)];

    [LoggerMessage(LogLevel.Warning, "What became of the order {ClientId} is not known: {Why}")]
    private partial void LogUnanswered(string clientId, string why);
}
