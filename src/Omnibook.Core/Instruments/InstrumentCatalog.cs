using System.Diagnostics.CodeAnalysis;

namespace Omnibook.Core.Instruments;

/// <summary>
/// The instruments that one server follows, numbered densely in the order in which they came.
/// Registering is rare and locked; reading is free, from any thread.
/// </summary>
public sealed class InstrumentCatalog
{
    private readonly Lock _gate = new();
    private Instrument[] _instruments = [];

    /// <summary>All instruments, each at the index of its id.</summary>
    public IReadOnlyList<Instrument> Instruments => Volatile.Read(ref _instruments);

    /// <summary>The instrument of an id that this catalog gave out.</summary>
    public Instrument this[InstrumentId id] => Volatile.Read(ref _instruments)[id.Index];

    /// <summary>Follows an instrument, and gives back the one that is followed already if there is one.</summary>
    public Instrument Register(InstrumentListing listing)
    {
        lock (_gate)
        {
            if (TryFind(listing.Venue, listing.Symbol, out var known))
            {
                return known;
            }

            var instrument = new Instrument(new InstrumentId(_instruments.Length), listing);
            Volatile.Write(ref _instruments, [.. _instruments, instrument]);
            return instrument;
        }
    }

    /// <summary>
    /// Takes over what a venue says now of an instrument that is followed. Where its tick and lot fit into the scales it remains the same
    /// instrument; otherwise a new one takes its symbol, since amounts of two scales must not meet under one number.
    /// </summary>
    /// <param name="listing">What the venue says now.</param>
    /// <returns>The instrument before and after; null where nothing is followed or nothing has changed.</returns>
    public (Instrument Before, Instrument Now)? Relist(InstrumentListing listing)
    {
        lock (_gate)
        {
            if (!TryFind(listing.Venue, listing.Symbol, out var known))
            {
                return null;
            }

            var fits = listing.Fits(known.Listing);
            var told = fits ? listing.InScalesOf(known.Listing) : listing.WithRoom();
            if (told.Tick == known.Listing.Tick && told.Lot == known.Listing.Lot && fits)
            {
                return null;
            }

            var now = new Instrument(fits ? known.Id : new InstrumentId(_instruments.Length), told);
            Volatile.Write(ref _instruments, fits ? [.. _instruments.Select(one => one == known ? now : one)] : [.. _instruments, now]);
            return (known, now);
        }
    }

    /// <summary>A listing in the scales of the instrument that is followed, or, where none is, in such as leave room for finer steps.</summary>
    public InstrumentListing InScales(InstrumentListing listing) =>
        TryFind(listing.Venue, listing.Symbol, out var known) && listing.Fits(known.Listing)
            ? listing.InScalesOf(known.Listing)
            : listing.WithRoom();

    /// <summary>Finds an instrument by its venue's spelling, letter case included. Of two with one symbol it is the later.</summary>
    public bool TryFind(VenueId venue, string symbol, [NotNullWhen(true)] out Instrument? instrument)
    {
        instrument = Array.FindLast(
            Volatile.Read(ref _instruments), candidate => candidate.Venue == venue && candidate.Symbol == symbol);
        return instrument is not null;
    }
}
