using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Instruments;
using Omnibook.Server.Configuration;
using Omnibook.Venues;

namespace Omnibook.Server.Pipeline;

/// <summary>How the books of each venue are treated, by what the venue's rules say of its snapshots.</summary>
internal static class VenueBooks
{
    /// <summary>The options of a market whose books are followed at known venues.</summary>
    /// <param name="options">How late a book may come.</param>
    /// <param name="books">How patient books are besides; null for the defaults.</param>
    public static MarketOptions OptionsFor(OmnibookOptions options, BookOptions? books = null)
    {
        var usual = (books ?? BookOptions.Default) with { MaxLag = options.MaxLag };
        var byVenue = KnownVenues.All.ToDictionary(known => known.Id, known => Of(known.Create(known.Defaults).Rules, usual));
        return new MarketOptions { Books = usual, BookOptionsOf = instrument => Find(byVenue, instrument.Venue) };
    }

    private static BookOptions? Find(Dictionary<VenueId, BookOptions> byVenue, VenueId venue) => byVenue.GetValueOrDefault(venue);

    private static BookOptions Of(VenueRules rules, BookOptions usual) => usual with
    {
        SnapshotLevels = rules.SnapshotLevels,
        QuietCheck = rules.BookCheck switch
        {
            BookCheck.RestSnapshot => QuietCheck.BySnapshot,
            BookCheck.SecondConnection => QuietCheck.ByResubscription,

            // Whole books come by themselves; and a book that has to be unsubscribed to be sent again is not live meanwhile anyway.
            _ => QuietCheck.None,
        },
    };
}
