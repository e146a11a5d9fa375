namespace Omnibook.Server.Configuration;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Source">Where it stands: <c>environment</c>, <c>.env</c>, a file, <c>command line</c>.</param>
/// <param name="Name">Its name as it is written there.</param>
/// <param name="Value">Its value as it is written there; null when the name itself is wrong.</param>
/// <param name="Allowed">What would be right.</param>
internal sealed record ConfigurationProblem(string Source, string Name, string? Value, string Allowed)
{
    private const int LongestValue = 120;

    /// <inheritdoc />
    public override string ToString() => $"{Name}{Shown()} ({Source}): {Allowed}";

    private string Shown() => Value is null ? "" : Value.Length > LongestValue ? $" = \"{Value[..LongestValue]}…\"" : $" = \"{Value}\"";
}
