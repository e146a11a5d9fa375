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

    /// <summary>Finds an instrument by its venue's spelling, letter case included.</summary>
    public bool TryFind(VenueId venue, string symbol, [NotNullWhen(true)] out Instrument? instrument)
    {
        instrument = Array.Find(
            Volatile.Read(ref _instruments), candidate => candidate.Venue == venue && candidate.Symbol == symbol);
        return instrument is not null;
    }
}
