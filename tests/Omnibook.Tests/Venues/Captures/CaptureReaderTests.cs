using System.IO.Compression;
using System.Text;
using Omnibook.Venues.Captures;

namespace Omnibook.Tests.Venues.Captures;

public sealed class CaptureReaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-captures");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_timed_line_is_a_time_in_nanoseconds_and_a_frame() => Assert.Equal(
        [(CapturedKind.Frame, 1723161255030314667, """{"a":1}""", 1), (CapturedKind.Frame, 1723161255088169167, "pong", 3)],
        Read("x.txt", "1723161255030314667 {\"a\":1}\r\n\n1723161255088169167 pong"));

    [Fact]
    public void A_wrapped_line_is_a_time_in_words_and_a_frame() => Assert.Equal(
        [(CapturedKind.Frame, 1760049196840658000, """{"b":[2]}""", 1), (CapturedKind.Frame, 1760049197000000000, "text", 2)],
        Read("x.jsonl", """
            {"captured_at":"2025-10-09T22:33:16.840658","message_number":2,"data":{"b":[2]}}
            {"data":"text","captured_at":"2025-10-09T22:33:17Z"}
            """));

    [Fact]
    public void A_bare_line_is_a_frame_without_a_time() => Assert.Equal(
        [(CapturedKind.Frame, 0, """{"a":1}""", 1), (CapturedKind.Frame, 0, """{"broken":""", 2)],
        Read("x.data", "{\"a\":1}\n{\"broken\":\n"));

    [Theory]
    [InlineData("http_book.json", CapturedKind.Answer)]
    [InlineData("depth_response.json", CapturedKind.Answer)]
    [InlineData("ws_book.json", CapturedKind.Update)]
    [InlineData("trade_stream.json", CapturedKind.Update)]
    [InlineData("book.json", CapturedKind.Frame)]
    public void A_body_over_many_lines_is_one_text_and_the_name_tells_its_kind(string name, CapturedKind kind)
    {
        var frame = Assert.Single(Read(name, "{\n  \"text\": \"a } in a string \\\" \",\n  \"b\": [\n 1 ]\n}\n"));

        Assert.Equal((kind, 1), (frame.Item1, frame.Item4));
        Assert.EndsWith("1 ]\n}\n", frame.Item3, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_bodies_in_one_file_are_several_texts() =>
        Assert.Equal([1, 4], Read("x.json", "{\n\"a\":1\n}\n[\n]\n").Select(frame => frame.Item4));

    [Fact]
    public void A_sample_tells_request_answer_and_update_and_its_numbers_are_filled_in() => Assert.Equal(
        [
            (CapturedKind.Request, 0, """{ "id": "1" }""", 1),
            (CapturedKind.Answer, 0, """{ "id": 1, "other": 1 }""", 2),
            (CapturedKind.Update, 0, "{\n\t\"x\":\n1 }", 3),
        ],
        Read("x.txt", "> { \"id\": \"|1|\" }\n< { \"id\": |1|, \"other\": |id| }\n= \n{\n\t\"x\":\n|*| }\n"));

    [Fact]
    public void Numbered_marks_of_a_sample_are_marks_all_the_same() =>
        Assert.Equal([CapturedKind.Request, CapturedKind.Answer], Read("x.txt", ">1 {}\n<2 {}").Select(frame => frame.Item1));

    [Fact]
    public void A_sample_of_a_call_is_a_request_and_its_body() => Assert.Equal(
        [(CapturedKind.Request, 0, "GET /fapi/v1/depth", 1), (CapturedKind.Answer, 0, "{\n1}", 5)],
        Read("x.txt", "GET\n/fapi/v1/depth\nfalse\nUriParams: {\"a\": 0}\n{\n1}\n"));

    [Fact]
    public void A_cassette_is_requests_and_answers() => Assert.Equal(
        [
            (CapturedKind.Request, 0, """{"type": "meta"}""", 4),
            (CapturedKind.Answer, 0, """{"name":"it's", "more":1}""", 8),
            (CapturedKind.Request, 0, "https://api.hyperliquid.xyz/info", 11),
            (CapturedKind.Answer, 0, """{"a":1}""", 14),
        ],
        Read("x.yaml", """
            interactions:
            - request:
                body: '{"type": "meta"}'
                uri: https://api.hyperliquid.xyz/info
              response:
                body:
                  string: '{"name":"it''s",
                    "more":1}'
            - request:
                body: null
                uri: https://api.hyperliquid.xyz/info
              response:
                body:
                  string: "{\"a\":1}"
            version: 1
            """));

    [Fact]
    public void Gzip_is_known_by_its_bytes_and_a_folder_is_read_in_order_of_names()
    {
        Write("b.txt", Gzip("1723161255030314668 {}\n"));
        Write("a.gz", Encoding.UTF8.GetBytes("1723161255030314667 {}\n"));

        var frames = CaptureReader.Read(_folder.FullName).ToArray();

        Assert.Equal([1723161255030314667, 1723161255030314668], frames.Select(frame => frame.ReceivedAt.Nanoseconds));
        Assert.EndsWith("b.txt", frames[1].File, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1723161255030314667 {}\nnonsense\n", 2)]
    [InlineData("1723161255030 {}\n", 1)]
    [InlineData("17231612550303146671723161255030314667 {}\n", 1)]
    [InlineData("time,price\n1,2\n", 1)]
    [InlineData("{\"captured_at\":\"2025-10-09T22:33:16\",\"data\":{}}\n{\"captured_at\":\"never\",\"data\":{}}", 2)]
    [InlineData("{\n\"a\":\n", 1)]
    [InlineData("GET\n/path", 2)]
    [InlineData("interactions:\n- request:\n    body: !!binary |\n", 3)]
    [InlineData("interactions:\n- response:\n    body:\n      string: 'open\n", 4)]
    public void What_cannot_be_read_is_named_with_its_file_and_line(string text, int line)
    {
        var trouble = Assert.Throws<CaptureException>(() => Read("bad.txt", text));

        Assert.Equal(line, trouble.Line);
        Assert.Contains($"bad.txt:{line}: {trouble.Problem}", trouble.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_and_a_damaged_one_are_named()
    {
        var missing = Assert.Throws<CaptureException>(() => CaptureReader.Read(Path.Combine(_folder.FullName, "no.gz")).Count());
        Assert.Equal(0, missing.Line);

        var whole = Gzip(string.Concat(Enumerable.Range(0, 2_000).Select(i => $"1723161255030314667 {{\"{i * 7919 % 1000}\":{i}}}\n")));
        whole.AsSpan(whole.Length / 2, 200).Fill(0x55);
        var file = Write("damaged.gz", whole);
        Assert.IsType<CaptureException>(Record.Exception(() => CaptureReader.Read(file).Count()));
    }

    [Fact]
    public void An_empty_file_holds_nothing() => Assert.Empty(Read("empty.txt", "\n\n"));

    [Fact]
    public void A_line_longer_than_the_buffer_is_read_whole()
    {
        var text = $"{{\"a\":\"{new string('x', 1_000_000)}\"}}";

        Assert.Equal([text, text], Read("long.txt", $"{text}\n{text}").Select(frame => frame.Item3));
    }

    [Theory]
    [InlineData("binance-spot/hftbacktest-20240808", 99_574)]
    [InlineData("bybit/nautilus-ob500", 50)]
    [InlineData("hyperliquid/hftbacktest-20250126", 55)]
    [InlineData("hyperliquid/python-sdk-cassettes", 16)]
    [InlineData("lighter/qubx-20251009", 0)]
    [InlineData("lighter/tardis-node", 12)]
    public void Every_shared_set_is_read_to_its_end(string set, int count)
    {
        var frames = CaptureReader.Read(CapturePaths.Shared(set)).Count();

        Assert.True(count == 0 ? frames > 2_000 : frames == count, $"{frames} texts");
    }

    [Theory]
    [InlineData("binance-spot")]
    [InlineData("binance-usdm")]
    [InlineData("bybit")]
    [InlineData("coinbase")]
    [InlineData("hyperliquid")]
    [InlineData("lighter")]
    public void Every_shared_sample_is_one_of_json(string venue)
    {
        foreach (var file in Directory.EnumerateFiles(CapturePaths.Shared($"{venue}/jkorf")).Concat(
            Directory.EnumerateFiles(CapturePaths.Shared($"{venue}/nautilus"), "*.json")))
        {
            foreach (var frame in CaptureReader.Read(file).Where(frame => frame.Kind != CapturedKind.Request))
            {
                var body = frame.Bytes.ToArray();
                Assert.True(body.Length > 0 && IsJson(body), $"{file}: {Encoding.UTF8.GetString(body)}");
            }
        }
    }

    private static bool IsJson(byte[] body) => Record.Exception(() => System.Text.Json.JsonDocument.Parse(body)) is null;

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private (CapturedKind, long, string, long)[] Read(string name, string text) =>
    [
        .. CaptureReader.Read(Write(name, Encoding.UTF8.GetBytes(text)))
            .Select(frame => (frame.Kind, frame.ReceivedAt.Nanoseconds, Encoding.UTF8.GetString(frame.Bytes.Span), frame.Line)),
    ];

    private string Write(string name, byte[] bytes)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(file, bytes);
        return file;
    }
}
