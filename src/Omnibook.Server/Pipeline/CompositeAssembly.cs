using Omnibook.Core;
using Omnibook.Core.Instruments;
using Omnibook.Server.Configuration;

namespace Omnibook.Server.Pipeline;

/// <summary>
/// Makes composites out of configured names as their instruments become known: with the members that there are, and again with more when
/// another venue has answered. So a venue that is down takes nothing from the others.
/// </summary>
internal sealed class CompositeAssembly(IReadOnlyList<CompositeOptions> composites, InstrumentCatalog catalog)
{
    /// <summary>Lets the market follow every composite that has more members than before. On the market's thread.</summary>
    /// <returns>How many composites were made or made anew.</returns>
    public int Apply(Market market)
    {
        var made = 0;
        foreach (var options in composites)
        {
            var members = Known(options);
            var before = market.TryGetConsolidated(options.Name, out var book) ? book.Composite.Members.Count : 0;
            if (members.Count > before)
            {
                market.Follow(new Composite(options.Name, members));
                made++;
            }
        }

        return made;
    }

    private List<Instrument> Known(CompositeOptions options)
    {
        var members = new List<Instrument>();
        foreach (var name in options.Members)
        {
            if (catalog.TryFind(name.Venue, name.Symbol, out var instrument))
            {
                members.Add(instrument);
            }
        }

        return members;
    }
}
