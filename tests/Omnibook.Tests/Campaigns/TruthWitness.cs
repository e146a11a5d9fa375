using System.Collections.Concurrent;
using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Consolidation;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;
using Omnibook.Simulator;
using Omnibook.Simulator.Markets;

namespace Omnibook.Tests.Campaigns;

/// <summary>
/// Watches a market that is fed by simulators: compares every book that says Live with the venue's true book at that sequence
/// number, whenever anything about it changed, and keeps the states that were shown.
/// </summary>
internal sealed class TruthWitness(SimulatorHost simulator, InstrumentCatalog catalog) : IMarketListener
{
    /// <summary>Hyperliquid shows 20 levels a side; of what it does not show there is nothing to compare.</summary>
    private const int HyperliquidLevels = 20;

    private readonly ConcurrentDictionary<InstrumentId, BookStatus> _now = new();
    private readonly ConcurrentQueue<Shown> _shown = new();
    private readonly ConcurrentQueue<string> _lies = new();
    private readonly CoinbaseConnections _connections = new(simulator);
    private long _compared;
    private long _tooOld;

    /// <summary>A state that was shown of a book.</summary>
    public readonly record struct Shown(Instrument Instrument, BookStatus Status);

    /// <summary>How many live books were compared with the truth.</summary>
    public long Compared => Interlocked.Read(ref _compared);

    /// <summary>How many could not be, because the venue no longer remembered the sequence number.</summary>
    public long NotRemembered => Interlocked.Read(ref _tooOld);

    /// <summary>Live books that differed from the venue's.</summary>
    public IReadOnlyCollection<string> Lies => _lies;

    /// <summary>All states since the last <see cref="Forget"/>, in order.</summary>
    public IReadOnlyCollection<Shown> States => _shown;

    /// <summary>What every book says now.</summary>
    public IReadOnlyDictionary<InstrumentId, BookStatus> Now => _now;

    /// <summary>The states since the last <see cref="Forget"/>, as one line to read.</summary>
    public string Story() => string.Join(
        ", ", _shown.Select(shown => $"{shown.Status.Since.ToDateTimeOffset():ss.fff} {shown.Instrument.Symbol} {shown.Status.State} {shown.Status.Reason}"));

    /// <summary>Forgets the states that were shown.</summary>
    public void Forget() => _shown.Clear();

    /// <summary>Every live book was compared with the truth, and none differed.</summary>
    public void AssertTruth()
    {
        Assert.Empty(_lies);
        Assert.Equal(0, NotRemembered);
    }

    /// <summary>The differences so far, which are then forgotten: for a fault that nothing can give away at once.</summary>
    public int TakeLies()
    {
        var lies = 0;
        while (_lies.TryDequeue(out _))
        {
            lies++;
        }

        return lies;
    }

    /// <inheritdoc />
    public void OnChanges(Market market, MarketChanges changes)
    {
        foreach (var change in changes.Statuses)
        {
            _now[change.Instrument] = change.Now;
            _shown.Enqueue(new Shown(catalog[change.Instrument], change.Now));
        }

        foreach (var id in changes.Books)
        {
            Compare(market.BookOf(id));
        }

        foreach (var composite in changes.Composites)
        {
            Compare(composite);
        }
    }

    private void Compare(OrderBook book)
    {
        if (!book.IsLive)
        {
            return;
        }

        var (venue, symbol) = (book.Instrument.Venue.Key, book.Instrument.Symbol);
        if (!simulator.TryGetTrueBook(venue, Named(venue, symbol, book.Sequence), book.Sequence, out var truth))
        {
            Interlocked.Increment(ref _tooOld);
            return;
        }

        Interlocked.Increment(ref _compared);
        var limit = venue.StartsWith("hyperliquid", StringComparison.Ordinal) ? HyperliquidLevels : int.MaxValue;
        if (!AreEqual(book, book.Bids, truth, truth.Bids, limit) || !AreEqual(book, book.Asks, truth, truth.Asks, limit))
        {
            _lies.Enqueue($"{book.Instrument} was Live at {book.Sequence} and differed from the venue's book.");
        }
    }

    /// <summary>
    /// Bybit numbers each stream of a book apart, so its truth is asked for by the stream that is followed; Coinbase the frames of each
    /// connection, so its truth is asked for by the connection.
    /// </summary>
    private string Named(string venue, string symbol, long sequence) => venue switch
    {
        "bybit" => $"orderbook.200.{symbol}",
        "coinbase" => _connections.Name(symbol, sequence),
        _ => symbol,
    };

    private void Compare(ConsolidatedBook composite)
    {
        var best = composite.Members.Where(member => member.TakesPart)
            .Select(member => member.Bids.TryGetBest(out var level) ? Exact(member, level) : decimal.MinValue)
            .DefaultIfEmpty(decimal.MinValue).Max();
        var shown = composite.TryGetBestBid(out var bid) ? composite.Composite.PriceScale.ToDecimal(bid.Price.Units) : decimal.MinValue;
        if (best != shown)
        {
            _lies.Enqueue($"{composite.Composite.Name} showed the best bid {shown}; of the live books it is {best}.");
        }
    }

    private static decimal Exact(OrderBook book, in Level level) => book.Instrument.PriceScale.ToDecimal(level.Price.Units);

    private static bool AreEqual(OrderBook book, Ladder shown, TrueBook truth, IReadOnlyList<TrueLevel> levels, int limit)
    {
        var count = Math.Min(limit, levels.Count);
        if (shown.Count != count)
        {
            return false;
        }

        var rank = 0;
        foreach (var level in shown)
        {
            var price = truth.PriceScale.ToDecimal(levels[rank].Price);
            var quantity = truth.QuantityScale.ToDecimal(levels[rank].Quantity);
            if (Exact(book, level) != price || book.Instrument.QuantityScale.ToDecimal(level.Quantity.Units) != quantity)
            {
                return false;
            }

            rank++;
        }

        return true;
    }
}
