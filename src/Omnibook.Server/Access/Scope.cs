namespace Omnibook.Server.Access;

/// <summary>What a key may do. Each is granted by name; <see cref="Scopes.Reach"/> says what comes with it.</summary>
[Flags]
internal enum Scope
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read books, trades, history, health; follow sockets.</summary>
    Read = 1,

    /// <summary>Calculate and keep what is invented: routes, simulations, paper positions.</summary>
    Simulate = 2,

    /// <summary>Place, change and cancel real orders.</summary>
    Trade = 4,

    /// <summary>Change the server itself.</summary>
    Admin = 8,
}

/// <summary>Names of scopes, and which of them come with which.</summary>
internal static class Scopes
{
    private static readonly (string Name, Scope Scope)[] Names =
        [("read", Scope.Read), ("simulate", Scope.Simulate), ("trade", Scope.Trade), ("admin", Scope.Admin)];

    /// <summary>All names, for messages.</summary>
    public const string Choices = "read, simulate, trade, admin";

    /// <summary>Reads names separated by blanks or commas; null where one of them is none, or there is none.</summary>
    public static Scope? Parse(string text)
    {
        var scopes = Scope.None;
        foreach (var word in text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var scope = Array.Find(Names, one => string.Equals(one.Name, word, StringComparison.OrdinalIgnoreCase)).Scope;
            if (scope == Scope.None)
            {
                return null;
            }

            scopes |= scope;
        }

        return scopes == Scope.None ? null : scopes;
    }

    /// <summary>The names, separated by blanks, as tokens and answers write them.</summary>
    public static string Format(Scope scopes) => string.Join(' ', Names.Where(one => scopes.HasFlag(one.Scope)).Select(one => one.Name));

    /// <summary>
    /// What the granted scopes allow: whoever simulates may read, whoever trades may simulate. An admin may read, but not spend money.
    /// </summary>
    public static Scope Reach(Scope granted) =>
        granted
        | (granted.HasFlag(Scope.Trade) ? Scope.Simulate : Scope.None)
        | (granted == Scope.None ? Scope.None : Scope.Read);

    /// <summary>Whether a key is needed always, also on a server that otherwise asks for none.</summary>
    public static bool AlwaysNeedsKey(Scope needed) => (needed & (Scope.Trade | Scope.Admin)) != Scope.None;
}
