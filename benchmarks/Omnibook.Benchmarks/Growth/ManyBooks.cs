using System.Globalization;
using System.Text;
using Omnibook.Benchmarks.Books;
using Omnibook.Benchmarks.Decode;
using Omnibook.Benchmarks.Wire;
using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;

namespace Omnibook.Benchmarks.Growth;

/// <summary>Many books of one session and one market, which change in turn. All have the same frames, in which the symbol is written anew for each.</summary>
internal sealed class ManyBooks
{
    private const string Placeholder = "B0000USDT";

    private readonly DepthFrames _frames;
    private readonly byte[][] _symbols;
    private readonly EventBatch _batch = new();
    private readonly InstrumentCatalog _catalog = new();
    private readonly Market _market;
    private IVenueSession _session = null!;

    public ManyBooks(int count, DepthFrames frames)
    {
        _frames = frames;
        _symbols = [.. Enumerable.Range(0, count).Select(i => Encoding.ASCII.GetBytes($"B{i.ToString("0000", CultureInfo.InvariantCulture)}USDT"))];
        foreach (var symbol in _symbols)
        {
            var text = Encoding.ASCII.GetString(symbol);
            _catalog.Register(_frames.Instrument.Listing with { Symbol = text, WireSymbol = text });
        }

        _market = new Market(_catalog, []);
    }

    /// <summary>The frames of a book whose symbol can be written anew.</summary>
    public static DepthFrames Write(MadeLevels made) => BybitFrames.Write(made, Placeholder);

    /// <summary>How many frames a pass has.</summary>
    public int Frames => _symbols.Length * _frames.Depth.Length;

    /// <summary>How many levels a pass has.</summary>
    public long Levels => (long)_symbols.Length * _frames.Levels;

    /// <summary>Begins every book anew.</summary>
    public void Restart()
    {
        var streams = _catalog.Instruments.Select(instrument => new StreamPlan($"orderbook.200.{instrument.Symbol}", Channel.Book, instrument, null));
        _session = _frames.Venue.OpenSession(new ConnectionPlan("benchmark", new Uri("capture:/"), [.. streams]));
        foreach (var instrument in _catalog.Instruments)
        {
            _batch.On(new VenueStatus(instrument.Id, BookState.Connecting, StatusReasons.Disconnected, default, _frames.ReceivedAt));
        }

        Deliver();
        ApplyToAll(_frames.Snapshot);
    }

    /// <summary>Applies every frame to every book. Tells the sum of the best prices.</summary>
    public long ApplyAll()
    {
        var touch = 0L;
        foreach (var frame in _frames.Depth)
        {
            touch += ApplyToAll(frame);
        }

        return touch;
    }

    /// <summary>Holds some of the books against the expected one.</summary>
    public void Compare()
    {
        foreach (var instrument in _catalog.Instruments.Where((_, i) => i % 97 == 0))
        {
            if (BookDigest.Of(_market.BookOf(instrument.Id)) != _frames.ExpectedDigest)
            {
                throw new InvalidOperationException($"{instrument} ends as another book.");
            }
        }
    }

    private long ApplyToAll(byte[] frame)
    {
        var touch = 0L;
        for (var i = 0; i < _symbols.Length; i++)
        {
            Write(frame, _symbols[i]);
            _session.Translate(frame, _frames.ReceivedAt, _batch);
            Deliver();
            touch += _market.BookOf(new InstrumentId(i)).Bids.TryGetBest(out var best) ? best.Price.Units : 0;
        }

        return touch;
    }

    /// <summary>The symbol stands at the end of the topic and as <c>s</c>.</summary>
    private static void Write(byte[] frame, byte[] symbol)
    {
        symbol.CopyTo(frame, "{\"topic\":\"orderbook.200.".Length);
        var data = frame.AsSpan().IndexOf("\"s\":\""u8) + "\"s\":\"".Length;
        symbol.CopyTo(frame, data);
    }

    private void Deliver()
    {
        _batch.DeliverTo(_market);
        _batch.Clear();
        _market.Changes.Clear();
    }
}
