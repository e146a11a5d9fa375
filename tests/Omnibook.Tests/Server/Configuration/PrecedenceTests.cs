using System.Net;
using Omnibook.Server.Configuration;

namespace Omnibook.Tests.Server.Configuration;

public sealed class PrecedenceTests
{
    private const string PortOfFile = """{ "Omnibook": { "Port": 8001 } }""";

    [Fact]
    public void The_defaults_are_complete_and_stay_on_this_machine()
    {
        using var sources = new Sources();
        var options = sources.Good();
        Assert.Equal(IPAddress.Loopback, options.Listen.Address);
        Assert.Equal([8000, 8086], options.Listen.Ports);
        Assert.Empty(options.Listen.AllowedOrigins);
        Assert.True(options.TestEndpoints);
        Assert.Equal(TimeSpan.FromSeconds(4), options.Storage.SnapshotInterval);
        Assert.Equal(TimeSpan.FromDays(30), options.Storage.Retention);
        Assert.Contains(options.Composites, composite => composite.Name == options.Nbbo.Composite && composite.Members.Count == 3);
        Assert.All(options.Composites, composite => Assert.NotEmpty(composite.Members));
    }

    [Fact]
    public void The_command_line_beats_the_environment_beats_dotenv_beats_the_file_beats_the_default()
    {
        using var sources = new Sources();
        Assert.Equal(8001, Port(sources.File("appsettings.json", PortOfFile)));
        Assert.Equal(8002, Port(sources.File(".env", "PORT=8002")));
        Assert.Equal(8003, Port(sources.Variable("PORT", "8003")));
        Assert.Equal(8004, Port(sources.Flag(SettingName.Port, "8004")));
    }

    [Fact]
    public void Every_value_tells_where_it_stands()
    {
        using var sources = new Sources();
        sources.File("appsettings.json", PortOfFile).Variable("LOG_LEVEL", "debug").File(".env", "CRYEXC_PORT=0");
        var effective = sources.Load().Effective.ToDictionary(setting => setting.Name);
        Assert.Equal("appsettings.json: Omnibook:Port", effective["Port"].Source);
        Assert.Equal("environment: LOG_LEVEL", effective["LogLevel"].Source);
        Assert.Equal(".env: CRYEXC_PORT", effective["CryExcPort"].Source);
        Assert.Equal("default", effective["Host"].Source);
    }

    [Theory]
    [InlineData("API_PORT")]
    [InlineData("APP_PORT")]
    public void An_alias_of_the_port_counts_where_PORT_is_absent(string alias)
    {
        using var sources = new Sources();
        Assert.Equal(9001, Port(sources.Variable(alias, "9001")));
        Assert.Equal(9002, Port(sources.File(".env", "PORT=9002")));
    }

    [Fact]
    public void An_empty_variable_counts_as_absent()
    {
        using var sources = new Sources();
        Assert.Equal(8000, Port(sources.Variable("PORT", " ")));
    }

    [Fact]
    public void A_file_named_on_the_command_line_replaces_appsettings()
    {
        using var sources = new Sources();
        sources.File("appsettings.json", PortOfFile).File("other.json", """{ "Omnibook": { "Port": 8005 } }""");
        Assert.Equal(8005, sources.Load("other.json").Options.Listen.Ports[0]);
    }

    private static int Port(Sources sources) => sources.Good().Listen.Ports[0];
}
