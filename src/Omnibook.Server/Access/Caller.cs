namespace Omnibook.Server.Access;

/// <summary>Who asks: the key behind a request, whether it was shown itself, or a token or a ticket made of it.</summary>
/// <param name="KeyId">The part of the key that may be shown.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Granted">What was granted.</param>
/// <param name="Kind">What was shown.</param>
internal sealed record Caller(string KeyId, string Name, Scope Granted, CredentialKind Kind)
{
    /// <summary>Whether that is enough.</summary>
    public bool May(Scope needed) => (Scopes.Reach(Granted) & needed) == needed;
}

/// <summary>What was shown.</summary>
internal enum CredentialKind
{
    /// <summary>A key.</summary>
    Key,

    /// <summary>A short-lived token made of one.</summary>
    Token,

    /// <summary>A ticket for one socket.</summary>
    Ticket,
}

/// <summary>Finds the caller of a request.</summary>
internal static class Callers
{
    /// <summary>The caller; null where no key was needed and none was shown.</summary>
    public static Caller? Caller(this HttpContext context) => context.Features.Get<Caller>();
}
