using Omnibook.Core.Instruments;

namespace Omnibook.Core.Routing;

/// <summary>What a venue takes of the notional, in basis points. Negative is a rebate.</summary>
/// <param name="TakerBps">From an order that trades at once.</param>
/// <param name="MakerBps">From an order that rests.</param>
public readonly record struct VenueFees(decimal TakerBps, decimal MakerBps);

/// <summary>The fees of every venue.</summary>
public sealed class FeeSchedule
{
    /// <summary>Fees are told to a ten-thousandth of a basis point: a factor of this many units is 1.</summary>
    internal const long UnitsPerOne = 100_000_000;

    private const decimal UnitsPerBps = 10_000;
    private const decimal MostBps = 5_000;

    private readonly Dictionary<VenueId, VenueFees> _fees = [];
    private readonly Dictionary<(VenueId Venue, string Symbol), VenueFees> _ofSymbols = [];

    /// <summary>Fees of venues that none are set for.</summary>
    public VenueFees Others { get; init; }

    /// <summary>The fees of a venue.</summary>
    /// <exception cref="ArgumentOutOfRangeException">When set: a fee is beyond 5,000 basis points or has more than four decimals.</exception>
    public VenueFees this[VenueId venue]
    {
        get => _fees.TryGetValue(venue, out var fees) ? fees : Others;
        set => _fees[venue] = new VenueFees(Checked(value.TakerBps), Checked(value.MakerBps));
    }

    /// <summary>The fees of an instrument: its own where some are set, otherwise those of its venue.</summary>
    public VenueFees Of(Instrument instrument) =>
        _ofSymbols.Count > 0 && _ofSymbols.TryGetValue((instrument.Venue, instrument.Symbol), out var fees) ? fees : this[instrument.Venue];

    /// <summary>Sets the fees of one instrument.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A fee is beyond 5,000 basis points or has more than four decimals.</exception>
    public void Set(VenueId venue, string symbol, VenueFees fees) =>
        _ofSymbols[(venue, symbol)] = new VenueFees(Checked(fees.TakerBps), Checked(fees.MakerBps));

    /// <summary>Whether a fee can be reckoned with exactly.</summary>
    public static bool IsFee(decimal bps) => decimal.Abs(bps) <= MostBps && bps * UnitsPerBps == decimal.Truncate(bps * UnitsPerBps);

    /// <summary>The fee of a notional.</summary>
    internal static decimal Of(decimal notional, decimal bps) => notional * (bps * 0.0001m);

    /// <summary>What a price is multiplied with so that the fee is in it: 1 + fee for who buys, 1 − fee for who sells.</summary>
    internal static long Factor(decimal bps, bool buys) => UnitsPerOne + (long)(bps * UnitsPerBps) * (buys ? 1 : -1);

    private static decimal Checked(decimal bps) =>
        IsFee(bps) ? bps : throw new ArgumentOutOfRangeException(nameof(bps), bps, "A fee has at most four decimals and is from -5000 to 5000 basis points.");
}
