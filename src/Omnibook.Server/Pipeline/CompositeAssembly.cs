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
    /// <summary>Lets the market follow every composite that has other members than before. On the market's thread.</summary>
    /// <param name="market">The market.</param>
    /// <param name="relisted">Instruments that the venue lists otherwise than before, and that are the same all the same.</param>
    /// <param name="command">Gives it a command.</param>
    /// <returns>How many composites were made or made anew.</returns>
    public int Apply(Market market, IReadOnlyList<Instrument> relisted, Func<MarketCommand, bool> command)
    {
        var made = 0;
        foreach (var instrument in relisted)
        {
            command(new RelistCommand(instrument.Id));
        }

        foreach (var options in composites)
        {
            var members = Known(options);
            var before = market.TryGetConsolidated(options.Name, out var book) ? book.Composite.Members : [];
            if (members.Count > 0 && !members.SequenceEqual(before))
            {
                command(new FollowCommand(new Composite(options.Name, members)));
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
