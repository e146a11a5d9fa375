using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Simulator;
using Omnibook.Tests.Time;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Venues.Data;

/// <summary>Every simulated venue over real HTTP, at moments that the test chooses.</summary>
public sealed class SimulatedVenues : IAsyncLifetime
{
    // Soon after the minute, so that what is asked one after the other is of one minute, and neither on it nor on the hour.
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 11, 20, 12, 34, 10, TimeSpan.Zero));

    internal SimulatorHost Host { get; private set; } = null!;

    internal Timestamp Now => Timestamp.From(_clock.GetUtcNow());

    /// <summary>What is simulated and traded at.</summary>
    public static IEnumerable<string> Keys => KnownVenues.All
        .Where(known => known.Create(known.Defaults).News is null)
        .Select(known => known.Id.Key)
        .Intersect(SimulatorHost.VenueKeys, StringComparer.Ordinal);

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => Host = await SimulatorHost.StartAsync(
        new SimulatorOptions { Seed = 7, Venues = [.. Keys], BinanceSymbols = 2, BybitSymbols = 2, LighterMarkets = 2 }, _clock);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>Somebody who may ask a venue as much as it allows in a minute.</summary>
    internal async Task<Caller> CallAsync(string key)
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        Host.Advance();
        var address = Host.Venues.Single(venue => venue.Key == key);
        var venue = KnownVenues.All.Single(known => known.Id.Key == key).Create(new VenueAddresses(address.Rest, address.Socket));
        var rest = new Paced(new RestClient(address.Rest, venue.Rules, TimeProvider.System), this);
        var listings = await venue.ListInstrumentsAsync(rest, TestContext.Current.CancellationToken);
        return new Caller(venue, rest, listings, listings.First(listing => listing.Status == InstrumentStatus.Trading));
    }

    /// <summary>A venue and what is needed to ask it.</summary>
    internal sealed record Caller(IVenue Venue, Paced Rest, IReadOnlyList<InstrumentListing> Listings, InstrumentListing Instrument) : IDisposable
    {
        public void Dispose() => Rest.Dispose();
    }

    /// <summary>Lets time go on at the venue with each request, since limits are counted by its clock.</summary>
    internal sealed class Paced(RestClient rest, SimulatedVenues simulated) : VenueRest, IDisposable
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

        public override Task<byte[]> SendAsync(RestRequest request, CancellationToken cancellationToken)
        {
            simulated._clock.Advance(Pause);
            simulated.Host.Advance();
            return rest.SendAsync(request, cancellationToken);
        }

        public void Dispose() => rest.Dispose();
    }
}
