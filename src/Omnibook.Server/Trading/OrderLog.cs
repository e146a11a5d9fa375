using System.Text;
using System.Text.Json;
using Omnibook.Venues;
using Omnibook.Venues.Hyperliquid.Orders;

namespace Omnibook.Server.Trading;

/// <summary>What is written into the journal, and what a new process reads out of it. Neither key nor signature is ever part of it.</summary>
internal sealed partial class OrderLog(TradingIdentity identity, OrderJournal journal, ILogger<OrderLog> logger)
{
    /// <summary>The day of now (UTC).</summary>
    public DateOnly Today => journal.Today;

    /// <summary>What an order wants, without its id: the same id with other terms is another order.</summary>
    public static string TermsOf(OrderIntent order) => OrderActions.Place([order with { ClientId = "" }]).GetRawText();

    /// <summary>What is about to be sent.</summary>
    /// <exception cref="JournalException">It could not be written down.</exception>
    public void Request(JsonElement action, IReadOnlyList<OrderIntent> orders, long nonce, long expires) => journal.Write("request", json =>
    {
        json.WriteString("mode", identity.Options.Mode == TradingMode.DryRun ? "dry-run" : "live");
        json.WriteString("venue", identity.Options.Venue.Key);
        json.WriteString("account", $"{identity.Account}");
        json.WriteString("signer", $"{identity.Signer?.Address}");
        json.WriteNumber("nonce", nonce);
        json.WriteNumber("expires_after", expires);
        json.WritePropertyName("action");
        action.WriteTo(json);
        json.WriteStartArray("orders");
        foreach (var order in orders)
        {
            json.WriteStartObject();
            json.WriteString("cloid", order.ClientId);
            json.WriteNumber("notional", order.Notional);
            json.WriteString("terms", TermsOf(order));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>What the venue answered.</summary>
    public void Answer(long nonce, ReadOnlyMemory<byte> body) => Note("answer", json =>
    {
        json.WriteNumber("nonce", nonce);
        json.WriteString("body", Encoding.UTF8.GetString(body.Span));
    });

    /// <summary>Why there is no answer.</summary>
    public void Failure(long nonce, VenueRequestException failed) => Note("failure", json =>
    {
        json.WriteNumber("nonce", nonce);
        json.WriteString("failure", failed.Failure.ToString());
        json.WriteString("message", failed.Message);
    });

    /// <summary>What became of orders.</summary>
    public void Outcomes(IReadOnlyList<OrderIntent> orders, IReadOnlyList<OrderResult> results)
    {
        foreach (var (order, result) in orders.Zip(results))
        {
            Outcome(order.ClientId, result);
        }
    }

    /// <summary>What became of an order.</summary>
    public void Outcome(string clientId, OrderResult result) => Note("outcome", json =>
    {
        json.WriteString("cloid", clientId);
        json.WriteString("state", result.State.ToString());
        Write(json, "oid", result.OrderId);
        Write(json, "filled", result.FilledSize);
        Write(json, "average", result.AveragePrice);
        json.WriteString("problem", result.Problem);
    });

    /// <summary>Reads yesterday and today back: orders by their ids, and the highest nonce.</summary>
    /// <returns>The highest nonce of this signer; 0 for none.</returns>
    /// <exception cref="JournalException">A file cannot be read.</exception>
    public long Restore(OrderLedger ledger)
    {
        var last = 0L;
        foreach (var day in (DateOnly[])[Today.AddDays(-1), Today])
        {
            foreach (var line in journal.Read(day, LogBroken))
            {
                last = Math.Max(last, Restore(ledger, day, line));
            }
        }

        return last;
    }

    private static long Restore(OrderLedger ledger, DateOnly day, JsonElement line)
    {
        switch (line.GetProperty("kind").GetString())
        {
            case "request":
                foreach (var order in line.GetProperty("orders").EnumerateArray())
                {
                    ledger.Restore(new SentOrder(
                        order.GetProperty("cloid").GetString()!, order.GetProperty("terms").GetString()!, order.GetProperty("notional").GetDecimal(), day,
                        line.GetProperty("expires_after").GetInt64(), line.GetProperty("mode").GetString() == "dry-run"));
                }

                return line.GetProperty("nonce").GetInt64();
            case "outcome":
                ledger.Settle(line.GetProperty("cloid").GetString()!, new OrderResult(Enum.Parse<OrderState>(line.GetProperty("state").GetString()!))
                {
                    OrderId = line.TryGetProperty("oid", out var id) ? id.GetInt64() : null,
                    FilledSize = line.TryGetProperty("filled", out var filled) ? filled.GetDecimal() : null,
                    AveragePrice = line.TryGetProperty("average", out var average) ? average.GetDecimal() : null,
                    Problem = line.GetProperty("problem").GetString(),
                });
                return 0;
            default:
                return 0;
        }
    }

    private static void Write(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    /// <summary>After the sending nothing can be undone any more: that the disk fails then is told, and the order counts.</summary>
    private void Note(string kind, Action<Utf8JsonWriter> members)
    {
        try
        {
            journal.Write(kind, members);
        }
        catch (JournalException broken)
        {
            LogUnwritten(kind, broken.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "The {Kind} of an order could not be written down: {Why}")]
    private partial void LogUnwritten(string kind, string why);

    [LoggerMessage(LogLevel.Warning, "A line of the journal of orders cannot be read, as after a crash while it was written: {Line}")]
    private partial void LogBroken(string line);
}
