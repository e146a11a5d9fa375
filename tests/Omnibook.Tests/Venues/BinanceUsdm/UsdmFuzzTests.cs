using System.Globalization;
using System.Text;
using Omnibook.Core.Events;
using Omnibook.Tests.Venues.Captures;
using Omnibook.Venues;
using Omnibook.Venues.Captures;

namespace Omnibook.Tests.Venues.BinanceUsdm;

/// <summary>
/// Mutated frames: whatever comes, a session answers, both parsers answer the same, and a frame that cannot be read leaves
/// nothing. 100,000 frames here; as many as <c>OMNIBOOK_FUZZ_FRAMES</c> says where that is set, from <c>OMNIBOOK_FUZZ_SEED</c>.
/// </summary>
public sealed class UsdmFuzzTests
{
    private static readonly byte[][] Fragments =
    [
        .. new[]
        {
            "null", "\"", "{", "}", "[", "]", ",", ":", "\\", "\\ud800", "\\u0000", "NaN", "1e400", "-1", "-0", "0", "00", "\"0\"", "1.5",
            "9223372036854775807", "9223372036854775808", "99999999999999999999999999", "true", "\"e\":\"trade\",", "\"u\":1,", "\"b\":[],", "\"s\":\"\",",
            " ", "\n", "\"st\":2,", "[[[[[[[[[[", "\u00e9", "\"MARKET\"", "e5", "E-400", ".", "..", "\"\"",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff], [0xc3], [0x00],
    ];

    [Fact]
    public void No_mutated_frame_throws_differs_or_leaves_something_behind()
    {
        var count = Number("OMNIBOOK_FUZZ_FRAMES", 100_000);
        var seed = Number("OMNIBOOK_FUZZ_SEED", 20_240_808);
        var random = new Random((int)seed);
        var frames = Frames();
        var (fast, general, batch) = (Usdm.Session(), Usdm.Session(), new EventBatch());
        Teach(frames, fast, general);
        var malformed = 0L;
        for (var i = 0L; i < count; i++)
        {
            var frame = Mutate(frames[random.Next(frames.Length)], random);
            var outcome = Translate(fast.Translate, frame, batch);
            var events = EventDigest.TakeFrom(batch);
            var generally = Translate(general.TranslateGeneral, frame, batch);

            if (outcome != generally || events != EventDigest.TakeFrom(batch) || (outcome.Kind != FrameKind.Data && events.Events + events.Levels > 0))
            {
                Assert.Fail($"Seed {seed}, frame {i}: {outcome} and {generally} for {Encoding.UTF8.GetString(frame)}");
            }

            malformed += outcome.Kind == FrameKind.Malformed ? 1 : 0;
        }

        Assert.InRange(malformed, count / 2, count - (count / 40));
    }

    private static FrameOutcome Translate(Translation translate, byte[] frame, EventBatch batch)
    {
        try
        {
            return translate(frame, Usdm.Now, batch);
        }
        catch (Exception trouble)
        {
            throw new InvalidOperationException($"Thrown at {Convert.ToHexString(frame)}", trouble);
        }
    }

    /// <summary>Short frames alone, so that a mutation hits something that matters.</summary>
    private static byte[][] Frames() =>
    [
        .. CaptureReader.Read(CapturePaths.Own("binance-usdm-hftbacktest/btcusdt_20240808_first.gz"))
            .Select(frame => frame.Bytes.ToArray()).Where(frame => frame.Length < 600).Take(400),
        .. new[]
        {
            """{"e":"aggTrade","E":1726048000123,"s":"BTCUSDT","a":5933014,"p":"64123.40","q":"0.250","nq":"0.200","f":100,"l":105,"T":1726048000101,"m":true,"st":1}""",
            """{"e":"markPriceUpdate","E":1562305380000,"s":"BTCUSDT","p":"11794.15000000","ap":"11794.15000000","i":"11784.62659091","P":"11784.25641265","r":"0.00038167","T":1562306400000,"st":1}""",
            """{"e":"forceOrder","E":1568014460893,"o":{"s":"BTCUSDT","S":"SELL","o":"LIMIT","f":"IOC","q":"0.014","p":"9910","ap":"9910","X":"FILLED","l":"0.014","z":"0.014","T":1568014460893},"ps":"BTCUSDT","st":1}""",
            """{"error":{"code":4,"msg":"Too many subscriptions"},"id":19}""",
            """{"result":null,"id":1}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>What a session learns from frames, both are to know before they are compared.</summary>
    private static void Teach(byte[][] frames, params IVenueSession[] sessions)
    {
        foreach (var session in sessions)
        {
            foreach (var frame in frames)
            {
                session.Translate(frame, Usdm.Now, new EventBatch());
            }
        }
    }

    private static byte[] Mutate(byte[] frame, Random random)
    {
        var mutated = frame.ToList();
        for (var times = random.Next(1, 4); times > 0 && mutated.Count > 0; times--)
        {
            var at = random.Next(mutated.Count);
            switch (random.Next(6))
            {
                case 0: mutated[at] = (byte)random.Next(256); break;
                case 1: mutated.RemoveRange(at, Math.Min(random.Next(1, 9), mutated.Count - at)); break;
                case 2: mutated.InsertRange(at, Fragments[random.Next(Fragments.Length)]); break;
                case 3: mutated.RemoveRange(at, mutated.Count - at); break;
                case 4: mutated.InsertRange(at, mutated.GetRange(at, Math.Min(random.Next(1, 40), mutated.Count - at))); break;
                default: (mutated[at], mutated[^1]) = (mutated[^1], mutated[at]); break;
            }
        }

        return [.. mutated];
    }

    private static long Number(string name, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private delegate FrameOutcome Translation(ReadOnlySpan<byte> frame, Timestamp receivedAt, EventBatch batch);
}
