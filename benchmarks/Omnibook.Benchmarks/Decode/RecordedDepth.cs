using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.BinanceUsdm;
using Omnibook.Venues.Captures;

namespace Omnibook.Benchmarks.Decode;

/// <summary>
/// Real frames of Binance USD-M BTCUSDT in memory: the whole recorded six minutes where the shared captures lie beside the checkout,
/// otherwise the piece that belongs to the tests.
/// </summary>
internal sealed class RecordedDepth
{
    private const string Piece = "tests/Omnibook.Tests/Captures/binance-usdm-hftbacktest/btcusdt_20240808_first";
    private const string Whole = "../shared/captures/binance-usdm/hftbacktest-20240808/btcusdt_20240808.gz";

    private RecordedDepth(string file, string expectedDigest)
    {
        (File, ExpectedDigest) = (file, expectedDigest);
        var frames = CaptureReader.Read(file).Select(frame => (frame.ReceivedAt, Bytes: frame.Bytes.ToArray())).ToArray();
        Snapshot = frames.First(frame => Has(frame.Bytes, "lastUpdateId")).Bytes;
        Depth = [.. frames.Where(frame => Has(frame.Bytes, "depthUpdate")).Select(frame => frame.Bytes)];
        Trades = [.. frames.Where(frame => Has(frame.Bytes, "\"trade\"")).Select(frame => frame.Bytes)];
        Levels = Depth.Sum(frame => Payload(frame).GetProperty("b").GetArrayLength() + Payload(frame).GetProperty("a").GetArrayLength());
        Venue = new BinanceUsdmVenue(new VenueId("binance-usdm"), BinanceUsdmVenue.Mainnet);
        Instrument = new Instrument(new InstrumentId(0), CaptureInstruments.Learn(Venue, CaptureReader.Read(file))[0].Listing);
    }

    public string File { get; }

    public string ExpectedDigest { get; }

    public byte[] Snapshot { get; }

    public byte[][] Depth { get; }

    public byte[][] Trades { get; }

    public int Levels { get; }

    public BinanceUsdmVenue Venue { get; }

    public Instrument Instrument { get; }

    public Timestamp ReceivedAt { get; } = Timestamp.FromMilliseconds(1_723_161_255_000);

    /// <summary>The longest capture that this machine has.</summary>
    public static RecordedDepth Longest() => System.IO.File.Exists(At(Whole))
        ? new RecordedDepth(At(Whole), Digest(At("../shared/captures/expected.json"), "binance-usdm/hftbacktest-20240808/btcusdt", "BTCUSDT"))
        : Short();

    /// <summary>The piece that every checkout has.</summary>
    public static RecordedDepth Short() => new(At(Piece + ".gz"), Digest(At(Piece + ".expected.json")));

    private static string Digest(string file, params string[] path)
    {
        using var expected = JsonDocument.Parse(System.IO.File.ReadAllBytes(file));
        var element = path.Aggregate(expected.RootElement, (element, name) => element.GetProperty(name));
        return element.GetProperty("book").GetProperty("sha256_all_levels").GetString()!;
    }

    private static bool Has(byte[] frame, string text) =>
        frame.AsSpan(0, Math.Min(120, frame.Length)).IndexOf(System.Text.Encoding.ASCII.GetBytes(text)) >= 0;

    private static JsonElement Payload(byte[] frame) => JsonDocument.Parse(frame).RootElement.GetProperty("data");

    private static string At(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "Omnibook.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("Run this from a checkout of Omnibook."), path);
    }
}
