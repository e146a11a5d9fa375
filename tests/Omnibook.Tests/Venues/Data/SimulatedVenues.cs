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
    // Neither on the hour nor on the minute, so that every candle is open.
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 11, 20, 12, 34, 56, TimeSpan.Zero));

    internal SimulatorHost Host { get; private set; } = null!;

    internal Timestamp Now => Timestamp.From(_clock.GetUtcNow());

    /// <summary>What is simulated and can be followed.</summary>
    public static IEnumerable<string> Keys => KnownVenues.All.Select(venue => venue.Id.Key).Intersect(SimulatorHost.VenueKeys, StringComparer.Ordinal);

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
        var rest = new RestClient(address.Rest, venue.Rules, TimeProvider.System);
        var listings = await venue.ListInstrumentsAsync(rest, TestContext.Current.CancellationToken);
        return new Caller(venue, rest, listings, listings.First(listing => listing.Status == InstrumentStatus.Trading));
    }

    /// <summary>A venue and what is needed to ask it.</summary>
    internal sealed record Caller(IVenue Venue, RestClient Rest, IReadOnlyList<InstrumentListing> Listings, InstrumentListing Instrument) : IDisposable
    {
        public void Dispose() => Rest.Dispose();
    }
}
