namespace Omnibook.Venues.Data;

/// <summary>A venue that can be asked nothing.</summary>
internal sealed class NoData : VenueData
{
    /// <summary>The one instance.</summary>
    public static NoData Instance { get; } = new();

    /// <inheritdoc />
    public override VenueCapabilities Capabilities => VenueCapabilities.None;
}
