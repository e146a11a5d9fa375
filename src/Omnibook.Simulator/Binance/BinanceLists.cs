using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Binance;

/// <summary>Endpoints that answer with one object for a symbol and with a list without one.</summary>
internal static class BinanceLists
{
    /// <summary>Writes the object or the list.</summary>
    public static RestAnswer Write<TMarket>(RestCall call, IReadOnlyList<TMarket> markets, Action<Utf8JsonWriter, TMarket> write) =>
        BinanceRest.Write(json =>
        {
            if (call.Query.ContainsKey("symbol"))
            {
                write(json, markets[0]);
                return;
            }

            json.WriteStartArray();
            foreach (var market in markets)
            {
                write(json, market);
            }

            json.WriteEndArray();
        });

    /// <summary>Writes a list.</summary>
    public static RestAnswer Write<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write) => BinanceRest.Write(json =>
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    });
}
