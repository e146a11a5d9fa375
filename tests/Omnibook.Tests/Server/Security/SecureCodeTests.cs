using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Omnibook.Server.Apis;
using Omnibook.Tests.Tidy;

namespace Omnibook.Tests.Server.Security;

/// <summary>What no program text of ours may do, since what others send would reach it.</summary>
public sealed class SecureCodeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Fact]
    public void S28_no_regular_expression_is_without_a_time_limit()
    {
        Assert.DoesNotContain(Lines("GeneratedRegex"), line => !line.Contains("matchTimeoutMilliseconds", StringComparison.Ordinal));
        Assert.Empty(Lines(@"new Regex\(|Regex\.(IsMatch|Match|Replace|Split)"));
    }

    [Fact]
    public void S30_no_sender_chooses_a_type() =>
        Assert.Empty(Lines("JsonPolymorphic|JsonDerivedType|BinaryFormatter|TypeNameHandling|Type\\.GetType|Activator\\.CreateInstance|Assembly\\.Load"));

    /// <summary>Constants have capital letters; <c>which</c> is one of the conditions that PaperRows writes itself.</summary>
    [Fact]
    public void S18_no_statement_is_put_together_from_texts_of_others() =>
        Assert.Empty(Lines("CommandText = .*(\\{(?![A-Z]|which\\})|\\+)"));

    [Theory]
    [InlineData("9000000000000000000000")]
    [InlineData("9223372036854775808")]
    [InlineData("-1")]
    [InlineData("1e9")]
    [InlineData("0x10")]
    [InlineData(" 1 ")]
    [InlineData("१")]
    public void S29_a_number_beyond_its_bounds_is_named(string text)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = QueryString.Create("limit", text);
        var query = new QueryReader(context.Request);
        Assert.Null(query.Integer("limit", 1, 1000));
        Assert.NotNull(query.Problem);
    }

    private static IEnumerable<string> Lines(string pattern) =>
        from file in Repository.SourceFiles("src")
        from line in File.ReadLines(file.FullName)
        where Regex.IsMatch(line, pattern, RegexOptions.None, Patience)
        select $"{Repository.Relative(file)}: {line.Trim()}";
}
