namespace Omnibook.Server.Access;

/// <summary>What a request shows to be let in, before anybody looked whether it is right.</summary>
/// <param name="Kind">What it looks like.</param>
/// <param name="Text">The secret itself: never to be logged.</param>
internal sealed record Credential(CredentialKind Kind, string Text)
{
    /// <summary>The subprotocol by which a page sends a token: <c>new WebSocket(url, ["omnibook.bearer", token])</c>.</summary>
    public const string SubProtocol = "omnibook.bearer";

    private const string Bearer = "Bearer ";
    private const string TicketName = "ticket";

    /// <summary>
    /// Finds what is shown: the header <c>Authorization</c>, the subprotocol of a socket, or a socket's ticket. Whatever is not of our form
    /// (a password meant for a proxy, say) counts as nothing. A key or a token in an address counts as nothing too: addresses are written into logs.
    /// </summary>
    public static Credential? Of(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return OfText(header[Bearer.Length..].Trim());
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            return null;
        }

        var protocols = context.WebSockets.WebSocketRequestedProtocols;
        return protocols.Count == 2 && protocols[0] == SubProtocol ? OfText(protocols[1])
            : context.Request.Query[TicketName] is [{ Length: > 0 } ticket] ? new Credential(CredentialKind.Ticket, ticket)
            : null;
    }

    /// <summary>What the handshake has to answer: the subprotocol's name, never the token beside it.</summary>
    public static string? AnswerTo(IList<string> protocols) => protocols.Contains(SubProtocol) ? SubProtocol : null;

    private static Credential? OfText(string text) =>
        text.StartsWith(KeyText.Prefix, StringComparison.Ordinal) ? new Credential(CredentialKind.Key, text)
        : AccessTokens.LooksLikeOne(text) ? new Credential(CredentialKind.Token, text)
        : null;

    /// <inheritdoc />
    public override string ToString() => $"{Kind} (hidden)";
}
