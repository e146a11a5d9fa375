using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Omnibook.Simulator.Coinbase;

/// <summary>
/// The ledgers of the newest connections. A book is named by the product, which means the newest connection that carries it, or
/// with a connection's number before it: <c>3:BTC-USD</c>.
/// </summary>
internal sealed class BookLedgers(int capacity)
{
    private const int Remembered = 32;
    private readonly List<BookLedger> _ledgers = [];
    private long _opened;

    /// <summary>Opens the ledger of a new connection.</summary>
    public BookLedger Open()
    {
        var ledger = new BookLedger(_opened++, capacity);
        _ledgers.Add(ledger);
        if (_ledgers.Count > Remembered)
        {
            _ledgers.RemoveAt(0);
        }

        return ledger;
    }

    /// <summary>The product of a name, without the connection's number.</summary>
    public static string ProductOf(string name) => name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>The ledger that a name means.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out BookLedger? ledger)
    {
        var product = ProductOf(name);
        var number = name.Length > product.Length ? name[..^(product.Length + 1)] : null;
        ledger = _ledgers.FindLast(known => known.Has(product)
            && (number is null || known.Connection.ToString(CultureInfo.InvariantCulture) == number));
        return ledger is not null;
    }
}
