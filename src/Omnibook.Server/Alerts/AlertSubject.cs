using Omnibook.Core;
using Omnibook.Core.Alerts;
using Omnibook.Core.Books;
using Omnibook.Core.Instruments;

namespace Omnibook.Server.Alerts;

/// <summary>Everything that is watched of one composite or instrument, so that its books are read once for all alerts. Belongs to the market's thread.</summary>
internal sealed class AlertSubject
{
    private OrderBook[] _books = [];

    /// <summary>A subject that is not bound to books yet.</summary>
    /// <param name="symbol">The composite's name, or an instrument as <c>venue/symbol</c>.</param>
    /// <param name="isComposite">Which of the two.</param>
    /// <param name="alerts">What is watched of it.</param>
    public AlertSubject(string symbol, bool isComposite, IEnumerable<WatchedAlert> alerts)
    {
        (Symbol, IsComposite) = (symbol, isComposite);
        var all = alerts.ToLookup(alert => alert.Condition.Kind);
        Tops = [.. all[AlertKind.Price], .. all[AlertKind.Spread]];
        Depths = [.. all[AlertKind.Depth].Concat(all[AlertKind.Imbalance]).OrderBy(alert => (alert.Condition.WindowBps, alert.Condition.InQuote))];
        Fundings = [.. all[AlertKind.Funding]];
        Liquidations = [.. all[AlertKind.Liquidation]];
        States = [.. all[AlertKind.State]];
    }

    /// <summary>The composite's name, or an instrument.</summary>
    public string Symbol { get; }

    /// <summary>Whether it is a composite.</summary>
    public bool IsComposite { get; }

    /// <summary>Alerts on price and spread.</summary>
    public WatchedAlert[] Tops { get; }

    /// <summary>Alerts on depth and imbalance, those of one window beside each other.</summary>
    public WatchedAlert[] Depths { get; }

    /// <summary>Alerts on funding.</summary>
    public WatchedAlert[] Fundings { get; }

    /// <summary>Alerts on liquidations.</summary>
    public WatchedAlert[] Liquidations { get; }

    /// <summary>Alerts on states.</summary>
    public WatchedAlert[] States { get; }

    /// <summary>The books; none while the venues have not told their instruments.</summary>
    public ReadOnlySpan<OrderBook> Books => _books;

    /// <summary>Whether a book has changed since the tops were looked at.</summary>
    public bool IsTopTouched { get; set; }

    /// <summary>Whether a book has changed since the depths were looked at.</summary>
    public bool IsDepthTouched { get; set; }

    /// <summary>Finds the books, which may become more while venues answer.</summary>
    /// <returns>Whether they are others than before.</returns>
    public bool Bind(Market market, InstrumentCatalog catalog)
    {
        var before = _books;
        if (IsComposite)
        {
            if (market.TryGetConsolidated(Symbol, out var book) && book.Members.Count != _books.Length)
            {
                _books = [.. book.Members];
            }
        }
        else if (_books.Length == 0 && Find(catalog) is { } instrument)
        {
            _books = [market.BookOf(instrument.Id)];
        }

        if (before == _books)
        {
            return false;
        }

        (IsTopTouched, IsDepthTouched) = (true, true);
        return true;
    }

    private Instrument? Find(InstrumentCatalog catalog)
    {
        var slash = Symbol.IndexOf('/', StringComparison.Ordinal);
        return catalog.TryFind(new VenueId(Symbol[..slash]), Symbol[(slash + 1)..], out var instrument) ? instrument : null;
    }
}
