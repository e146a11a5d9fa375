using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.BinanceSpot;
using Omnibook.Venues.BinanceUsdm;
using Omnibook.Venues.Captures;

namespace Omnibook.Benchmarks.Decode;

/// <summary>
/// Real frames of Binance BTCUSDT in memory: the whole recorded minutes where the shared captures lie beside the checkout,
/// otherwise the piece that belongs to the tests.
/// </summary>
internal sealed class RecordedDepth
{
    private RecordedDepth(IVenue venue, string[] files, string expectedDigest)
    {
        var frames = files.SelectMany(CaptureReader.Read).Select(frame => frame.Bytes.ToArray()).ToArray();
        var depth = frames.Where(frame => Has(frame, "depthUpdate")).ToArray();
        Trades = [.. frames.Where(frame => Has(frame, "\"trade\""))];
        Frames = new DepthFrames
        {
            Name = string.Join(" and ", files.Select(file => $"{venue.Id} {Path.GetFileName(file)}")),
            Venue = venue,
            Instrument = new Instrument(new InstrumentId(0), CaptureInstruments.Learn(venue, files.SelectMany(CaptureReader.Read))[0].Listing),
            Snapshot = frames.First(frame => Has(frame, "lastUpdateId")),
            IsSnapshotAnswered = true,
            Depth = depth,
            Levels = depth.Sum(frame => Payload(frame).GetProperty("b").GetArrayLength() + Payload(frame).GetProperty("a").GetArrayLength()),
            ExpectedDigest = expectedDigest,
        };
    }

    /// <summary>The frames of the book.</summary>
    public DepthFrames Frames { get; }

    /// <summary>The frames of trades.</summary>
    public byte[][] Trades { get; }

    /// <summary>The longest capture of USD-M that this machine has.</summary>
    public static RecordedDepth Longest() => Longest("binance-usdm", Usdm);

    /// <summary>The longest capture of spot that this machine has.</summary>
    public static RecordedDepth LongestSpot() => Longest("binance-spot", new BinanceSpotVenue(new VenueId("binance-spot"), BinanceSpotVenue.Mainnet));

    /// <summary>The piece of USD-M that every checkout has.</summary>
    public static RecordedDepth Short() => Short("binance-usdm", Usdm);

    private static BinanceUsdmVenue Usdm => new(new VenueId("binance-usdm"), BinanceUsdmVenue.Mainnet);

    private static RecordedDepth Longest(string key, IVenue venue)
    {
        var folder = At($"../shared/captures/{key}/hftbacktest-20240808");
        string[] whole = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.gz").Order(StringComparer.Ordinal)] : [];
        return whole.Length > 0
            ? new RecordedDepth(venue, whole, Digest(At("../shared/captures/expected.json"), $"{key}/hftbacktest-20240808/btcusdt", "BTCUSDT"))
            : Short(key, venue);
    }

    private static RecordedDepth Short(string key, IVenue venue)
    {
        var piece = At($"tests/Omnibook.Tests/Captures/{key}-hftbacktest/btcusdt_20240808_first");
        return new RecordedDepth(venue, [piece + ".gz"], Digest(piece + ".expected.json"));
    }

    private static string Digest(string file, params string[] path)
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(file));
        var element = path.Aggregate(expected.RootElement, (element, name) => element.GetProperty(name));
        return element.GetProperty("book").GetProperty("sha256_all_levels").GetString()!;
    }

    private static bool Has(byte[] frame, string text) =>
        frame.AsSpan(0, Math.Min(120, frame.Length)).IndexOf(System.Text.Encoding.ASCII.GetBytes(text)) >= 0;

    private static JsonElement Payload(byte[] frame) => JsonDocument.Parse(frame).RootElement.GetProperty("data");

    private static string At(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Omnibook.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("Run this from a checkout of Omnibook."), path);
    }
}
