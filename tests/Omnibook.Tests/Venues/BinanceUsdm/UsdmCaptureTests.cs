using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Venues.Binance;
using Omnibook.Tests.Venues.Captures;

namespace Omnibook.Tests.Venues.BinanceUsdm;

public sealed class UsdmCaptureTests
{
    [Fact]
    public void The_recorded_piece_ends_with_the_expected_book_and_trades() => AssertEnds(
        CapturePaths.Own("binance-usdm-hftbacktest/btcusdt_20240808_first.gz"),
        ExpectedCapture.Read(CapturePaths.Own("binance-usdm-hftbacktest/btcusdt_20240808_first.expected.json")));

    [Fact]
    public void The_recorded_six_minutes_end_with_the_expected_book_and_trades() => AssertEnds(
        CapturePaths.Shared("binance-usdm/hftbacktest-20240808/btcusdt_20240808.gz"),
        ExpectedCapture.Read(CapturePaths.Shared("expected.json")).GetProperty("binance-usdm/hftbacktest-20240808/btcusdt").GetProperty("BTCUSDT"));

    private static void AssertEnds(string file, JsonElement expected)
    {
        var replayed = Replayed.Of(Usdm.Venue, file);

        Assert.Equal(Usdm.Listing("BTCUSDT", 1, 3), replayed.Learned[0].Listing with { Pair = new Pair("BTC", "USDT") });
        ExpectedCapture.AssertEnds(expected, replayed);
    }
}
