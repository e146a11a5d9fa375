using System.Buffers.Text;
using System.Security.Cryptography;

namespace Omnibook.Server.Access;

/// <summary>
/// Tickets that open one socket each, for pages: a browser cannot send a header with a handshake, and an address is written into logs, where a
/// ticket that was used, or is a minute old, opens nothing. Bounded; a full desk gives out no more until some have ended.
/// </summary>
internal sealed class SocketTickets(TimeProvider time)
{
    /// <summary>How long a ticket is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    private const int MostOpen = 10_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Caller Caller, long IssuedAt)> _open = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldestFirst = new();

    /// <summary>A ticket for whoever this is; null when too many are open.</summary>
    public string? Issue(Caller caller)
    {
        var ticket = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        lock (_gate)
        {
            ForgetOld();
            if (_oldestFirst.Count >= MostOpen)
            {
                return null;
            }

            _open.Add(ticket, (caller with { Kind = CredentialKind.Ticket }, time.GetTimestamp()));
            _oldestFirst.Enqueue(ticket);
            return ticket;
        }
    }

    /// <summary>Takes a ticket: who it was for, or null when it was used, is too old or was never given out.</summary>
    public Caller? Redeem(string ticket)
    {
        lock (_gate)
        {
            return _open.Remove(ticket, out var open) && time.GetElapsedTime(open.IssuedAt) < Life ? open.Caller : null;
        }
    }

    private void ForgetOld()
    {
        while (_oldestFirst.TryPeek(out var oldest) && (!_open.TryGetValue(oldest, out var open) || time.GetElapsedTime(open.IssuedAt) >= Life))
        {
            _open.Remove(oldest);
            _oldestFirst.Dequeue();
        }
    }
}
