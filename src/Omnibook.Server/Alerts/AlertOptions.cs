namespace Omnibook.Server.Alerts;

/// <summary>How many alerts there may be, and where their webhooks may lead.</summary>
internal sealed record AlertOptions
{
    /// <summary>How many alerts at most.</summary>
    public int Most { get; init; } = 1_000;

    /// <summary>The schemes that a webhook may have.</summary>
    public IReadOnlyList<string> Schemes { get; init; } = ["https"];

    /// <summary>
    /// Where webhooks may lead although it is not the public internet: names (<c>hooks.lan</c>), names with ports (<c>hooks.lan:9000</c>), addresses and
    /// networks (<c>10.0.0.0/8</c>).
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];
}
