using Omnibook.Core.Instruments;
using Omnibook.Tests.Venues.Hyperliquid;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Data;

/// <summary>Every listing of every venue is found by what people call it, and by nothing that means another.</summary>
public sealed class SpellingTests(SimulatedVenues simulated) : IClassFixture<SimulatedVenues>
{
    private const int Seed = 20261120;
    private static readonly string[] Quotes = ["USDT", "USDC", "USD", "BTC", "EUR"];

    public static TheoryData<string> Venues => [.. SimulatedVenues.Keys];

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Every_listing_is_found_by_its_own_symbol_and_by_its_common_spellings(string key)
    {
        using var caller = await simulated.CallAsync(key);
        var directory = new InstrumentDirectory(caller.Listings, caller.Venue.Spelling);

        Assert.All(caller.Listings, listing =>
        {
            Assert.Same(listing, directory.Resolve(listing.Symbol).Listing);
            Assert.All(SpellingsOf(listing), spelling => Assert.Equal((spelling, listing.Symbol), (spelling, directory.Resolve(spelling).Listing?.Symbol)));
        });
    }

    [Fact]
    public async Task Every_listing_that_was_recorded_is_found_by_its_own_symbol()
    {
        var rest = new FakeRest(new Dictionary<string, string>
        {
            ["""{"type":"spotMeta"}"""] = SharedCaptures.Read("hyperliquid/nautilus/http_spot_meta_non_usdc_collateral.json"),
            ["""{"type":"allPerpMetas"}"""] = SharedCaptures.Read("hyperliquid/nautilus/http_all_perp_metas_non_usdc_collateral.json"),
        });
        var venue = KnownVenues.All.Single(known => known.Id.Key == "hyperliquid").Create(new VenueAddresses(new Uri("http://127.0.0.1"), new Uri("ws://127.0.0.1")));
        var listings = await venue.ListInstrumentsAsync(rest, TestContext.Current.CancellationToken);
        var directory = new InstrumentDirectory(listings, venue.Spelling);

        Assert.All(listings, listing => Assert.Same(listing, directory.Resolve(listing.Symbol).Listing));
        Assert.Equal("BTC", directory.Resolve("BTCUSDT").Listing?.Symbol);
        Assert.Equal("hyna:BTC", directory.Resolve("hyna:btc").Listing?.Symbol);
    }

    [Fact]
    public void Whatever_a_text_is_found_to_mean_agrees_with_all_that_it_says()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 30; round++)
        {
            var listings = Enumerable.Range(0, 300).Select(_ => Made(random)).DistinctBy(listing => listing.Symbol).ToArray();
            var directory = new InstrumentDirectory(listings, new SpellingRules { PrincipalQuote = "USDT" });
            foreach (var listing in listings)
            {
                Assert.Same(listing, directory.Resolve(listing.Symbol).Listing);
                var (asset, quote) = (listing.Pair.Base, listing.Pair.Quote);
                foreach (var spelling in (string[])[$"{asset}/{quote}:{quote}", $"{asset}-{quote}-SWAP", $"{asset}_{quote}_PERP"])
                {
                    var resolution = directory.Resolve(spelling);
                    Assert.True(resolution.Listing == listing, $"{spelling} means {resolution.Listing?.Symbol} (seed {Seed}, round {round})");
                }

                var other = Quotes[random.Next(Quotes.Length)];
                var found = directory.Resolve($"{asset}/{other}").Listing;
                Assert.True(found is null || found.Pair == new Pair(asset, other), $"{asset}/{other} means {found?.Symbol} (seed {Seed}, round {round})");
            }
        }
    }

    [Fact]
    public void A_text_of_any_letters_is_answered_with_ten_candidates_at_most()
    {
        var random = new Random(Seed);
        var directory = new InstrumentDirectory(
            [.. Enumerable.Range(0, 300).Select(_ => Made(random)).DistinctBy(listing => listing.Symbol)], new SpellingRules { PrincipalQuote = "USDT" });
        const string Letters = "ABKUSDTC1000:/-_. k币\0😀";
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Letters[random.Next(Letters.Length)]));
            var resolution = directory.Resolve(text);

            Assert.InRange(resolution.Candidates.Count, 0, resolution.Listing is null ? 10 : 0);
            Assert.Distinct(resolution.Candidates);
        }
    }

    private static IEnumerable<string> SpellingsOf(InstrumentListing listing)
    {
        var (asset, quote) = (listing.Pair.Base, listing.Pair.Quote);
        yield return listing.Symbol.ToLowerInvariant();
        if (listing.Symbol.Contains(':', StringComparison.Ordinal))
        {
            yield break;
        }

        yield return $"{asset}-{quote}";
        yield return $"{asset.ToLowerInvariant()}/{quote.ToLowerInvariant()}";
        yield return $"{asset}_{quote}";
        yield return $"{asset}{quote}";
        if (listing.Kind == InstrumentKind.Perpetual)
        {
            yield return $"{asset}/{quote}:{quote}";
            yield return $"{asset}-{quote}-SWAP";
            yield return $"{asset}-PERP";
            yield return asset;
        }
    }

    private static InstrumentListing Made(Random random)
    {
        var asset = (random.Next(8) == 0 ? "1000" : "") + string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => (char)('A' + random.Next(5))));
        var quote = Quotes[random.Next(Quotes.Length)];
        return new InstrumentListing
        {
            Venue = new VenueId("made"),
            Symbol = asset + quote,
            Pair = new Pair(asset, quote),
            Kind = InstrumentKind.Perpetual,
            PriceScale = new Scale(2),
            QuantityScale = new Scale(3),
            Tick = new Price(1),
            Lot = new Quantity(1),
        };
    }
}
