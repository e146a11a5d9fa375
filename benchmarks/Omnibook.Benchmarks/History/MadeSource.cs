using Omnibook.Core.Instruments;
using Omnibook.History.Database;

namespace Omnibook.Benchmarks.History;

/// <summary>Gives the database a made day without a journal.</summary>
internal sealed class MadeSource(int count, int instruments) : IHistorySource
{
    private readonly MadeTrades _trades = new(count, instruments);
    private readonly InstrumentCatalog _catalog = MadeTrades.NewCatalog(instruments);
    private long _next;

    public IReadOnlyList<Instrument> Instruments => _catalog.Instruments;

    public long First => 0;

    public long Last => count - 1;

    public long Read(long from, long upTo, HistoryIntake intake, CancellationToken cancellation)
    {
        if (from != _next)
        {
            throw new InvalidOperationException("A made day is given once, in order.");
        }

        for (; _next < count && !cancellation.IsCancellationRequested; _next++)
        {
            var trade = _trades.Next();
            intake.Add(_next, _catalog[trade.Instrument], trade);
        }

        return _next;
    }
}
