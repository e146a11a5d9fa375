using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Omnibook.Tests.Server.Commands;

public sealed class CommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-command-");

    private string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Help_names_every_command_and_ends_well()
    {
        var (code, output, _) = await OmnibookProcess.RunAsync(Folder, "--help");
        Assert.Equal(0, code);
        Assert.All(new[] { "replay", "simulate", "config", "--demo", "--port", "--version" }, word => Assert.Contains(word, output));
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        var (code, output, _) = await OmnibookProcess.RunAsync(Folder, "--version");
        Assert.Equal(0, code);
        Assert.Matches(@"^\d+\.\d+\.\d+", Assert.Single(output.Trim().Split('\n')));
    }

    [Fact]
    public async Task A_word_that_is_no_command_starts_nothing()
    {
        var (code, _, errors) = await OmnibookProcess.RunAsync(Folder, "serv --prot 1");
        Assert.Equal(2, code);
        Assert.Contains("omnibook --help", errors);
        Assert.False(Directory.Exists(Path.Combine(Folder, "data")));
    }

    [Fact]
    public async Task A_bad_configuration_lists_every_error_and_starts_nothing()
    {
        var (code, _, errors) = await OmnibookProcess.RunAsync(Folder, "--demo --log-level LOUD", ("PORT", "abc"), ("API_URL", "x"));
        Assert.Equal(2, code);
        Assert.All(new[] { "3 errors", "PORT = \"abc\"", "API_URL = \"x\"", "--log-level = \"LOUD\"" }, word => Assert.Contains(word, errors));
        Assert.False(Directory.Exists(Path.Combine(Folder, "data")));
    }

    [Fact]
    public async Task The_configuration_is_printed_with_its_sources_and_checked()
    {
        var (code, output, _) = await OmnibookProcess.RunAsync(Folder, "config print --port 9005", ("LOG_LEVEL", "DEBUG"));
        Assert.Equal(0, code);
        Assert.Contains("Port=9005\t# command line: --port", output);
        Assert.Contains("LogLevel=DEBUG\t# environment: LOG_LEVEL", output);
        Assert.Equal(0, (await OmnibookProcess.RunAsync(Folder, "config check")).ExitCode);
        Assert.Equal(2, (await OmnibookProcess.RunAsync(Folder, "config check", ("PORT", "x"))).ExitCode);
    }

    [Fact]
    public async Task A_port_in_use_is_told_and_starts_nothing()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (code, _, errors) = await OmnibookProcess.RunAsync(Folder, $"--demo --port {port} --cryexc-port 0");
        Assert.Equal(2, code);
        Assert.Contains($"Port {port}", errors);
        Assert.False(Directory.Exists(Path.Combine(Folder, "data")));
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_told()
    {
        var file = Path.Combine(Folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var (code, _, errors) = await OmnibookProcess.RunAsync(
            Folder, $"--demo --port {OmnibookProcess.FreePort()} --cryexc-port 0 --data \"{Path.Combine(file, "data")}\"");
        Assert.Equal(2, code);
        Assert.Contains("OMNIBOOK_DATA", errors);
        Assert.DoesNotContain("   at ", errors);
    }

    [Fact]
    public async Task A_replay_prints_one_object_and_ends()
    {
        var capture = Path.Combine(AppContext.BaseDirectory, "Captures", "binance-usdm-hftbacktest", "btcusdt_20240808_first.gz");
        var (code, output, _) = await OmnibookProcess.RunAsync(Folder, $"replay \"{capture}\" --venue binance-usdm --json --exit");
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(
            "d4c9468f131f5cea6ddeafce295724bd40beea598e822ff4fd630b8b8b8f8672",
            json.RootElement.GetProperty("books").GetProperty("BTCUSDT").GetProperty("sha256_all_levels").GetString());
    }

    [Theory]
    [InlineData("replay nowhere.gz --venue binance-usdm --exit", "nowhere.gz")]
    [InlineData("replay nowhere.gz --venue kraken --exit", "hyperliquid")]
    [InlineData("replay nowhere.gz --venue hyperliquid --speed fast --exit", "--speed")]
    [InlineData("replay --venue hyperliquid", "'replay'")]
    [InlineData("simulate --ports kraken=1", "--ports")]
    [InlineData("simulate --venues kraken", "--venues")]
    [InlineData("simulate --venues bybit --ports lighter=1", "--ports")]
    public async Task A_replay_or_simulation_that_cannot_be_says_why(string arguments, string word)
    {
        var (code, _, errors) = await OmnibookProcess.RunAsync(Folder, arguments);
        Assert.Equal(2, code);
        Assert.Contains(word, errors);
    }
}
