using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>
/// <c>{"type":"dom","data":{"exchange":"binancef","symbol":"BTCUSDT","midPrice":42000.15,"timestamp":1700000080000,"dataStartTime":1699996480000,
/// "sessionHigh":42020.5,"sessionLow":41999.9,"levels":[{"price":42020,"bid":0,"ask":1.1,"sold":0,"bought":0.4,"delta":0.4,"volume":0.4}]}}</c>: every price at
/// which something rests or was traded within the range, highest first; twice a second, while the book is live.
/// </summary>
internal sealed class DomStream(StreamKey key, MarketLease lease, StreamParts parts, long tick, TimeSpan range)
    : FlowStream(key, lease, parts, FlowInterval.Minute, tick)
{
    private RollingProfile? _profile;
    private Timestamp _since;

    /// <inheritdoc />
    public override Frame? Greeting(Market market)
    {
        var book = market.BookOf(Instrument.Id);
        if (!book.IsLive || !book.Bids.TryGetBest(out var bid) || !book.Asks.TryGetBest(out var ask))
        {
            return null;
        }

        Head(StreamNames.Dom).Raw(",\"midPrice\":"u8).Middle((Int128)bid.Price.Units + ask.Price.Units, Instrument);
        return Render(market, book);
    }

    /// <inheritdoc />
    public override void Pulse(Market market)
    {
        if (!IsJoined || !IsDue(market, Rules.FlowPace))
        {
            return;
        }

        _profile!.Advance(market.Now);
        if (Greeting(market) is { } frame)
        {
            Topic.Publish(frame);
        }
        else
        {
            Topic.Forget();
        }
    }

    /// <inheritdoc />
    protected override Timestamp FirstOf(Timestamp now) => RollingProfile.FromOf(range, now);

    /// <inheritdoc />
    protected override void Build(JoinedFlow before, Timestamp now) =>
        (_profile, _since) = (new RollingProfile(Tick, range, before, now), before.SinceOf(Interval));

    /// <inheritdoc />
    protected override void Take(in Trade trade) => _profile!.On(trade);

    private Frame Render(Market market, OrderBook book)
    {
        var profile = _profile!;
        _since = _since.IsUnknown ? Trades.Since : _since;
        var start = _since > profile.From ? _since : profile.From;
        Writer.Raw(",\"timestamp\":"u8).Integer(market.Now.UnixMilliseconds)
            .Raw(",\"dataStartTime\":"u8).Integer(start.UnixMilliseconds)
            .Raw(",\"sessionHigh\":"u8).Amount(profile.High.Units, Instrument.PriceScale)
            .Raw(",\"sessionLow\":"u8).Amount(profile.Low.Units, Instrument.PriceScale)
            .Raw(",\"levels\":["u8);
        var levels = DomLadder.Build(book, Tick, profile);
        for (var i = 0; i < levels.Count; i++)
        {
            Level(levels[i], i == 0 ? "{\"price\":"u8 : ",{\"price\":"u8);
        }

        return Writer.Raw("]}}"u8).Complete();
    }

    private void Level(in DomLevel level, ReadOnlySpan<byte> begin) =>
        Writer.Raw(begin).Amount(level.Price.Units, Instrument.PriceScale)
            .Raw(",\"bid\":"u8).Base(level.Bid, Instrument)
            .Raw(",\"ask\":"u8).Base(level.Ask, Instrument)
            .Raw(",\"sold\":"u8).Base(level.Traded.Sold, Instrument)
            .Raw(",\"bought\":"u8).Base(level.Traded.Bought, Instrument)
            .Raw(",\"delta\":"u8).Base(level.Traded.Delta, Instrument)
            .Raw(",\"volume\":"u8).Base(level.Traded.Base, Instrument)
            .Raw("}"u8);
}
