using Omnibook.Server.Hosting;

namespace Omnibook.Tests.Server.Hosting;

public sealed class LogLineTests
{
    [Theory]
    [InlineData("GET /a\r\n2026-01-01T00:00:00.000Z ERROR Fake: all is lost", "GET /a  2026-01-01T00:00:00.000Z ERROR Fake: all is lost")]
    [InlineData("\u001b[2J\u001b[31mred", " [2J [31mred")]
    [InlineData("bell\a, back\b, next\u0085line", "bell , back , next line")]
    [InlineData("nothing strange: ü 价", "nothing strange: ü 价")]
    public void S20_what_others_sent_begins_no_line_and_moves_no_cursor(string text, string shown) =>
        Assert.Equal(shown, LogLine.OneLine(text));
}
