using Omnibook.Core;
using Omnibook.Core.Consolidation;
using Omnibook.Core.Instruments;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary>Writes the aggregate book and what is said about it. Used on the market's thread only.</summary>
/// <remarks>
/// <code>
/// "data":{"coin":"BTC","timestamp":1758524137481,"bids":[{"price":113690,"size":0.2,"orders":1}],"asks":[…],
///   "best_bid":113690,"best_ask":113680,"spread":-10,"mid_price":113685},
/// "metadata":{"coins_processed":2,"total_coins":3,
///   "individual_exchanges":{"merrli:BTC":{"best_bid":113640,"best_ask":113700,"spread":60,"mid_price":113670}},
///   "errors":{"btcx:BTC-FEUSD":"resyncing: an update is missing"}}}
/// </code>
/// </remarks>
internal sealed class AggregateRenderer(FramePool frames, NbboRules rules)
{
    private readonly FrameWriter _writer = new(frames);
    private readonly ConsolidatedLevels _levels = new();
    private readonly List<MemberReading> _members = [];

    /// <summary>Renders the aggregate of now.</summary>
    /// <param name="market">The market.</param>
    /// <param name="timestampMs">When it is rendered, in milliseconds since the Unix epoch.</param>
    /// <param name="head">How the message begins: everything before <c>"data"</c>.</param>
    public AggregateReading Render(Market market, long timestampMs, ReadOnlySpan<byte> head)
    {
        MemberReading.ReadAll(market, rules, _members);
        var book = market.TryGetConsolidated(rules.Composite, out var composite) ? composite : null;
        _writer.Begin().Raw(head).Raw("\"data\":{\"coin\":"u8).Text(rules.Coin).Raw(",\"timestamp\":"u8).Integer(timestampMs);
        _writer.Raw(",\"bids\":"u8);
        var bid = WriteSide(book, Side.Bid);
        _writer.Raw(",\"asks\":"u8);
        var ask = WriteSide(book, Side.Ask);
        _writer.Raw(","u8);
        QuoteWriter.Write(_writer, bid, ask, book?.Composite.PriceScale ?? default);
        _writer.Raw("},\"metadata\":"u8);
        var usable = WriteMetadata();
        _writer.Raw("}"u8);
        return new AggregateReading(_writer.Complete(), usable, bid is not null && ask is not null);
    }

    /// <returns>The best price that was written, or null when there was none.</returns>
    private Price? WriteSide(ConsolidatedBook? book, Side side)
    {
        _levels.Clear();
        book?.CopyTo(side, int.MaxValue, _levels);
        var (price, quantity) = (book?.Composite.PriceScale ?? default, book?.Composite.QuantityScale ?? default);
        Price? best = null;
        _writer.Raw("["u8);
        for (var i = 0; i < _levels.Count; i++)
        {
            var level = Usable(i);
            if (level.Quantity > Quantity.Zero)
            {
                _writer.Raw(best is null ? "{\"price\":"u8 : ",{\"price\":"u8).Amount(level.Price.Units, price)
                    .Raw(",\"size\":"u8).Amount(level.Quantity.Units, quantity)
                    .Raw(",\"orders\":"u8).Integer(level.Orders).Raw("}"u8);
                best ??= level.Price;
            }
        }

        _writer.Raw("]"u8);
        return best;
    }

    /// <summary>A level without what members have there that are live but have said nothing for too long.</summary>
    private ConsolidatedLevel Usable(int index)
    {
        var level = _levels[index];
        foreach (var part in _levels.PartsOf(index))
        {
            if (HasFailed(part.Instrument))
            {
                level = new ConsolidatedLevel(level.Price, level.Quantity - part.Quantity, level.Orders - part.Orders);
            }
        }

        return level;
    }

    private bool HasFailed(Instrument instrument)
    {
        foreach (var member in _members)
        {
            if (member.Instrument == instrument)
            {
                return member.Failure is not null;
            }
        }

        return true;
    }

    private int WriteMetadata()
    {
        var usable = 0;
        foreach (var member in _members)
        {
            usable += member.Failure is null ? 1 : 0;
        }

        _writer.Raw("{\"coins_processed\":"u8).Integer(usable).Raw(",\"total_coins\":"u8).Integer(_members.Count);
        WriteExchanges();
        if (usable < _members.Count)
        {
            WriteErrors();
        }

        _writer.Raw("}"u8);
        return usable;
    }

    /// <summary>A member that lacks one of its four numbers is left out: a null there ends the page of a known client.</summary>
    private void WriteExchanges()
    {
        _writer.Raw(",\"individual_exchanges\":{"u8);
        var first = true;
        foreach (var member in _members)
        {
            if (member.IsTwoSided)
            {
                _writer.Raw(first ? ""u8 : ","u8).Text(member.Coin).Raw(":{"u8);
                QuoteWriter.Write(_writer, member.Bid, member.Ask, member.Instrument!.PriceScale);
                _writer.Raw("}"u8);
                first = false;
            }
        }

        _writer.Raw("}"u8);
    }

    private void WriteErrors()
    {
        _writer.Raw(",\"errors\":{"u8);
        var first = true;
        foreach (var member in _members)
        {
            if (member.Failure is not null)
            {
                _writer.Raw(first ? ""u8 : ","u8).Text(member.Coin).Raw(":"u8).Text(member.Failure);
                first = false;
            }
        }

        _writer.Raw("}"u8);
    }
}
