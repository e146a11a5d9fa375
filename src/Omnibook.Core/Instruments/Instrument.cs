namespace Omnibook.Core.Instruments;

/// <summary>The dense number of an instrument inside one server, given by <see cref="InstrumentCatalog"/>. Array index of its state.</summary>
/// <param name="Index">0, 1, 2 …</param>
public readonly record struct InstrumentId(int Index);

/// <summary>A venue, by the key used in configuration, in state and in composites: <c>binance-usdm</c>.</summary>
/// <param name="Key">Lower case, words joined by hyphens.</param>
public readonly record struct VenueId(string Key)
{
    /// <inheritdoc />
    public override string ToString() => Key;
}

/// <summary>What is traded, across venues: a base asset priced in a quote asset.</summary>
/// <param name="Base">The asset that quantities count: <c>BTC</c>.</param>
/// <param name="Quote">The asset that prices count: <c>USDT</c>.</param>
public readonly record struct Pair(string Base, string Quote)
{
    /// <inheritdoc />
    public override string ToString() => $"{Base}-{Quote}";
}

/// <summary>What kind of contract an instrument is.</summary>
public enum InstrumentKind
{
    /// <summary>Delivered at once.</summary>
    Spot,

    /// <summary>Never delivered; kept near the index by funding.</summary>
    Perpetual,

    /// <summary>Delivered or settled on a date.</summary>
    Future,
}

/// <summary>Whether a venue trades an instrument now.</summary>
public enum InstrumentStatus
{
    /// <summary>Open for trading.</summary>
    Trading,

    /// <summary>Listed, but closed for now.</summary>
    Halted,

    /// <summary>Announced, not yet open.</summary>
    Pending,

    /// <summary>Gone or going: no book can be expected.</summary>
    Delisted,
}

/// <summary>What a venue says of one of its instruments.</summary>
public sealed record InstrumentListing
{
    /// <summary>The venue that lists it.</summary>
    public required VenueId Venue { get; init; }

    /// <summary>The venue's own spelling: <c>BTCUSDT</c>, <c>merrli:BTC</c>.</summary>
    public required string Symbol { get; init; }

    /// <summary>
    /// What the venue's streams and requests call it where that is not the symbol: Lighter speaks of market <c>1</c> and
    /// shows <c>BTC</c>. The symbol, unless said otherwise.
    /// </summary>
    public string WireSymbol { get => field ?? Symbol; init; }

    /// <summary>Base and quote asset.</summary>
    public required Pair Pair { get; init; }

    /// <summary>Spot, perpetual or dated.</summary>
    public required InstrumentKind Kind { get; init; }

    /// <summary>Decimals of prices: fine enough for every price that the venue sends.</summary>
    public required Scale PriceScale { get; init; }

    /// <summary>Decimals of quantities: fine enough for every quantity that the venue sends.</summary>
    public required Scale QuantityScale { get; init; }

    /// <summary>Smallest step between two prices, in units of <see cref="PriceScale"/>.</summary>
    public required Price Tick { get; init; }

    /// <summary>Smallest step between two quantities, in units of <see cref="QuantityScale"/>.</summary>
    public required Quantity Lot { get; init; }

    /// <summary>How many base assets one contract stands for; 1 unless the venue counts in contracts or in thousands.</summary>
    public decimal Multiplier { get; init; } = 1;

    /// <summary>Whether it trades now.</summary>
    public InstrumentStatus Status { get; init; } = InstrumentStatus.Trading;
}

/// <summary>An instrument that this server follows: what the venue says of it, and the number of its state.</summary>
/// <param name="Id">The dense number given by the catalog.</param>
/// <param name="Listing">What the venue says.</param>
public sealed record Instrument(InstrumentId Id, InstrumentListing Listing)
{
    /// <summary>The venue that lists it.</summary>
    public VenueId Venue => Listing.Venue;

    /// <summary>The venue's own spelling.</summary>
    public string Symbol => Listing.Symbol;

    /// <summary>Decimals of prices.</summary>
    public Scale PriceScale => Listing.PriceScale;

    /// <summary>Decimals of quantities.</summary>
    public Scale QuantityScale => Listing.QuantityScale;

    /// <inheritdoc />
    public override string ToString() => $"{Venue}/{Symbol}";
}
