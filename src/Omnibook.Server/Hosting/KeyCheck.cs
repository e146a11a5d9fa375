using Omnibook.History;
using Omnibook.Server.Access;

namespace Omnibook.Server.Hosting;

/// <summary>A server that other machines can reach, that wants a key of everybody and knows none, would serve nobody: it says so instead of starting.</summary>
internal static class KeyCheck
{
    /// <summary>Looks whether there is a key that stands.</summary>
    /// <exception cref="StartupException">There is none, or the keys cannot be read.</exception>
    public static void Ensure(ServerPlan plan, TimeProvider time)
    {
        var rules = AccessRules.Of(plan.Options);
        if (plan.Options.Listen.IsLoopback || !rules.KeysRequired || HasAny(rules, time))
        {
            return;
        }

        throw new StartupException(
            $"HOST {plan.Options.Listen.Address} lets other machines connect, so that everybody has to show a key, and there is none yet. "
            + "Make one: omnibook keys add --name NAME --scopes read. Or serve everybody who can connect: --insecure-public or INSECURE_PUBLIC=true.");
    }

    private static bool HasAny(AccessRules rules, TimeProvider time)
    {
        try
        {
            return new KeyRing(rules.OpenStore(), time).HasAny();
        }
        catch (KeyStoreException exception)
        {
            throw new StartupException($"The keys cannot be read. {exception.Message}", exception);
        }
    }
}
