using Omnibook.Simulator.Faults;

namespace Omnibook.Tests.Tidy;

/// <summary>A fault that a simulator learns has to be met by a campaign, or nobody knows what the server does then.</summary>
public sealed class CampaignTests
{
    [Fact]
    public void Every_fault_of_the_simulators_is_injected_by_a_campaign()
    {
        var campaigns = string.Concat(Repository.SourceFiles("tests/Omnibook.Tests/Campaigns").Select(file => File.ReadAllText(file.FullName)));
        var missing = FaultCatalog.All.Where(kind => !campaigns.Contains($"\"{kind.Name}\"", StringComparison.Ordinal)).Select(kind => kind.Name);
        Assert.Empty(missing);
    }
}
