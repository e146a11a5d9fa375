using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>
/// <c>{"type":"news","data":{"id":"abc","source":"treeofalpha","title":"…","body":"","url":"https://…","timestamp":1700000000000,"symbols":["BTCUSDT"]}}</c>: each item
/// once; at first, as <c>news_historical</c>, the last hundred, oldest first.
/// </summary>
internal sealed class NewsStream(StreamKey key, StreamParts parts) : MarketStream(key, null, parts)
{
    private const int Recent = 100;

    /// <inheritdoc />
    public override Frame Greeting(Market market)
    {
        Writer.Begin().Raw("{\"type\":\"news_historical\",\"data\":["u8);
        var recent = market.News.Recent;
        var first = Math.Max(0, recent.Count - Recent);
        for (var i = first; i < recent.Count; i++)
        {
            Write(recent[i], i == first ? "{\"id\":"u8 : ",{\"id\":"u8);
        }

        return Writer.Raw("]}"u8).Complete();
    }

    /// <inheritdoc />
    public override void On(NewsItem news)
    {
        Writer.Begin().Raw("{\"type\":\"news\",\"data\":"u8);
        Write(news, "{\"id\":"u8);
        Topic.Publish(Writer.Raw("}"u8).Complete(), greets: false);
    }

    /// <summary>Where there is no title, the body is the title, and is not told twice.</summary>
    private void Write(NewsItem news, ReadOnlySpan<byte> begin)
    {
        Writer.Raw(begin).Text(news.Id)
            .Raw(",\"source\":"u8).Text(news.Source.Length > 0 ? news.Source : news.Venue.Key)
            .Raw(",\"title\":"u8).Text(news.Headline)
            .Raw(",\"body\":"u8).Text(news.Title.Length > 0 ? news.Body : string.Empty)
            .Raw(",\"url\":"u8).Text(news.Url)
            .Raw(",\"timestamp\":"u8).Integer(news.At.UnixMilliseconds)
            .Raw(",\"symbols\":["u8);
        for (var i = 0; i < news.Symbols.Count; i++)
        {
            (i == 0 ? Writer : Writer.Raw(","u8)).Text(news.Symbols[i]);
        }

        Writer.Raw("]}"u8);
    }
}
