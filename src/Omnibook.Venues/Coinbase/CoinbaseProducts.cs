using System.Diagnostics.CodeAnalysis;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Coinbase;

/// <summary>
/// Finds the product of a frame. Nearly all <c>-USDC</c> products are other names of <c>-USD</c> books and their data come under the
/// <c>-USD</c> id: the listing says so, and where an instrument comes without it, an id that nobody else has is taken for its name.
/// </summary>
internal sealed class CoinbaseProducts
{
    private readonly SymbolTable _symbols;
    private readonly CoinbaseTapes _tapes;
    private readonly List<CoinbaseProduct> _all = [];
    private CoinbaseProduct?[] _byInstrument = [];

    public CoinbaseProducts(ConnectionPlan plan, CoinbaseTapes tapes, Func<string, Instrument?>? unknown)
    {
        _tapes = tapes;
        var planned = plan.Streams.Select(stream => stream.Instrument).Distinct().ToArray();
        var others = OtherNames(planned);
        _symbols = new SymbolTable(planned, symbol => others.GetValueOrDefault(symbol) ?? unknown?.Invoke(symbol));
        for (var i = 0; i < plan.Streams.Count; i++)
        {
            ProductOf(plan.Streams[i].Instrument).StreamOf(plan.Streams[i].Channel) = i;
        }
    }

    /// <summary>Every product met so far, the planned ones first.</summary>
    public IReadOnlyList<CoinbaseProduct> All => _all;

    /// <summary>Finds a product that is known; asks nobody.</summary>
    public bool TryFindKnown(ReadOnlySpan<byte> id, [NotNullWhen(true)] out CoinbaseProduct? product)
    {
        product = _symbols.TryFindKnown(id, out var instrument) ? ProductOf(instrument) : null;
        return product is not null;
    }

    /// <summary>Finds a product, or learns it.</summary>
    public bool TryFindOrLearn(ReadOnlySpan<byte> id, [NotNullWhen(true)] out CoinbaseProduct? product)
    {
        product = _symbols.TryFind(id, out var instrument) ? ProductOf(instrument) : null;
        return product is not null;
    }

    /// <summary>The product of an instrument of the plan.</summary>
    public CoinbaseProduct ProductOf(Instrument instrument)
    {
        var index = instrument.Id.Index;
        if (index >= _byInstrument.Length)
        {
            Array.Resize(ref _byInstrument, Math.Max(index + 1, _byInstrument.Length * 2));
        }

        if (_byInstrument[index] is not { } product)
        {
            product = _byInstrument[index] = new CoinbaseProduct(instrument, _tapes.Of(instrument.Symbol));
            _all.Add(product);
        }

        return product;
    }

    private static Dictionary<string, Instrument> OtherNames(IReadOnlyList<Instrument> planned) =>
        planned
            .Where(instrument => instrument.Listing.WireSymbol.EndsWith("-USDC", StringComparison.Ordinal))
            .GroupBy(instrument => instrument.Listing.WireSymbol[..^1], StringComparer.Ordinal)
            .ToDictionary(names => names.Key, names => names.First(), StringComparer.Ordinal);
}
