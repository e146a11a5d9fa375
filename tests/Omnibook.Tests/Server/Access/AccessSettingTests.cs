using Omnibook.Server.Configuration;
using Omnibook.Tests.Server.Configuration;

namespace Omnibook.Tests.Server.Access;

public sealed class AccessSettingTests : IDisposable
{
    private readonly Sources _sources = new();

    public void Dispose() => _sources.Dispose();

    [Theory]
    [InlineData("127.0.0.1", "", "", false, false)]
    [InlineData("::1", "", "", false, false)]
    [InlineData("127.0.0.1", "true", "", true, false)]
    [InlineData("127.0.0.1", "", "true", false, false)]
    [InlineData("0.0.0.0", "", "", true, false)]
    [InlineData("10.0.0.1", "true", "", true, false)]
    [InlineData("0.0.0.0", "", "true", false, true)]
    [InlineData("0.0.0.0", "false", "true", false, true)]
    [InlineData("0.0.0.0", "true", "true", true, false)]
    public void Beyond_the_loopback_everybody_needs_a_key_unless_somebody_said_otherwise(string host, string required, string insecure, bool needed, bool open)
    {
        var options = _sources.Variable("HOST", host).Variable("AUTH_REQUIRED", required).Variable("INSECURE_PUBLIC", insecure).Good();
        Assert.Equal(new AccessOptions(needed, open), options.Access);
    }

    [Fact]
    public void To_need_no_key_beyond_the_loopback_has_to_be_said_twice()
    {
        var problem = Assert.Single(_sources.Variable("HOST", "0.0.0.0").Variable("AUTH_REQUIRED", "no").Load().Problems);
        Assert.Equal("AUTH_REQUIRED", problem.Name);
        Assert.Contains("--insecure-public", problem.ToString(), StringComparison.Ordinal);
    }
}
