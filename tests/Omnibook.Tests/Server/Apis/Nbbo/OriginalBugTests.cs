using Omnibook.Server.Configuration;
using Omnibook.Venues;

namespace Omnibook.Tests.Server.Apis.Nbbo;

/// <summary>Defects of the original that are not of one route. The others are tested where their routes are.</summary>
public sealed class OriginalBugTests
{
    [Fact]
    public void Bug_000_1_API_URL_and_DATABASE_URL_are_heard()
    {
        var folder = Directory.CreateTempSubdirectory("omnibook-");
        try
        {
            var loaded = ConfigurationLoader.Load(
                new ConfigurationSources
                {
                    WorkingFolder = folder.FullName,
                    Environment = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["API_URL"] = "https://api.example.org",
                        ["DATABASE_URL"] = "sqlite:///prices.db",
                    },
                },
                KnownVenues.All);

            Assert.Empty(loaded.Problems);
            var venue = loaded.Options.Venues.Single(venue => venue.Id == loaded.Options.Nbbo.Venue);
            Assert.Equal("api.example.org", venue.Addresses.Rest.Host);
            Assert.Equal("api.example.org", venue.Addresses.Socket.Host);
            Assert.EndsWith("prices.db", loaded.Options.Storage.Database, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
