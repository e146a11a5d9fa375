using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Omnibook.Tests.Server.Commands;

public sealed class KeysCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-keys-");

    private string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_key_is_printed_once_listed_without_its_secret_and_revoked()
    {
        var (code, output, errors) = await OmnibookProcess.RunAsync(Folder, "keys add --name desk --scopes read,trade --days 30");
        Assert.Equal(0, code);
        var key = output.Trim();
        Assert.Matches("^ob_[0-9a-f]{12}_[A-Za-z0-9_-]{43}$", key);
        Assert.Contains("shown this once", errors);

        var list = (await OmnibookProcess.RunAsync(Folder, "keys list")).Output;
        Assert.Contains("desk\tread trade\t", list);
        Assert.Contains("stands until", list);
        Assert.DoesNotContain(key[16..], list);

        Assert.Equal(0, (await OmnibookProcess.RunAsync(Folder, $"keys revoke {key[3..15]}")).ExitCode);
        Assert.Equal(1, (await OmnibookProcess.RunAsync(Folder, $"keys revoke {key[3..15]}")).ExitCode);
        Assert.Contains("revoked", (await OmnibookProcess.RunAsync(Folder, "keys list")).Output);
    }

    [Theory]
    [InlineData("--name desk --scopes everything")]
    [InlineData("--name desk --days -1")]
    [InlineData("--name \" \"")]
    [InlineData("--scopes read")]
    public async Task A_key_that_cannot_be_is_refused(string arguments) =>
        Assert.Equal(2, (await OmnibookProcess.RunAsync(Folder, $"keys add {arguments}")).ExitCode);

    [Fact]
    public async Task S2_a_server_for_other_machines_without_a_key_starts_nothing_and_says_what_to_do()
    {
        var (code, _, errors) = await OmnibookProcess.RunAsync(Folder, $"--demo --host 0.0.0.0 --port {OmnibookProcess.FreePort()} --cryexc-port 0");
        Assert.Equal(2, code);
        Assert.Contains("omnibook keys add", errors);
        Assert.Contains("--insecure-public", errors);
    }

    [Fact]
    public async Task S1_only_the_loopback_listens_and_a_key_made_meanwhile_is_known()
    {
        var port = OmnibookProcess.FreePort();
        using var server = OmnibookProcess.Start(Folder, $"--demo --port {port} --cryexc-port 0", ("AUTH_REQUIRED", "true"));
        await AliveAsync(port);
        Assert.All(OtherAddresses(), address => Assert.Throws<SocketException>(() => Connect(address, port)));

        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var nobody = await http.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        var key = (await OmnibookProcess.RunAsync(Folder, "keys add --name page")).Output.Trim();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var somebody = await http.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, somebody.StatusCode);
        Assert.DoesNotContain(key[16..], server.Output + server.Errors);
    }

    /// <summary>Asks with the command that containers ask with, until the server lives.</summary>
    private async Task AliveAsync(int port)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            if ((await OmnibookProcess.RunAsync(Folder, $"health --port {port} --cryexc-port 0")).ExitCode == 0)
            {
                return;
            }
        }

        Assert.Fail("The server did not begin to live.");
    }

    private static IEnumerable<IPAddress> OtherAddresses() =>
        Dns.GetHostAddresses(Dns.GetHostName()).Where(address => !IPAddress.IsLoopback(address));

    private static void Connect(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(address, port);
    }
}
