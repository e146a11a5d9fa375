using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Omnibook.Server.Configuration;
using Omnibook.Server.Hosting;

namespace Omnibook.Tests.Server.Hosting;

public sealed class DataFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-folder-");

    private string Data => Path.Combine(_folder.FullName, "a", "b");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_folder_is_made_and_can_be_taken_again_once_it_was_let_go()
    {
        DataFolder.Open(Data).Dispose();
        DataFolder.Open(Data).Dispose();
        Assert.True(Directory.Exists(Data));
    }

    [Fact]
    public void A_second_taker_is_refused_with_the_number_of_the_first()
    {
        using var first = DataFolder.Open(Data);
        var refusal = Assert.Throws<StartupException>(() => DataFolder.Open(Data));
        Assert.Contains($"process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}", refusal.Message);
        Assert.Contains("OMNIBOOK_DATA", refusal.Message);
    }

    [Fact]
    public void What_a_killed_process_left_behind_does_not_hold_the_folder()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "omnibook.lock"), "");
        File.WriteAllText(Path.Combine(Data, "omnibook.pid"), "1");
        DataFolder.Open(Data).Dispose();
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named_with_a_way_out()
    {
        var file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");
        var refusal = Assert.Throws<StartupException>(() => DataFolder.Open(Path.Combine(file, "data")));
        Assert.Contains(file, refusal.Message);
        Assert.Contains("OMNIBOOK_DATA", refusal.Message);
    }

    [Fact]
    public void A_port_in_use_is_named_with_a_way_out()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var refusal = Assert.Throws<StartupException>(() => PortCheck.Ensure(new ListenOptions(IPAddress.Loopback, [port], [], [])));
        Assert.Contains($"Port {port}", refusal.Message);
        Assert.Contains("--port", refusal.Message);
    }

    [Fact]
    public void An_address_of_another_machine_is_refused()
    {
        // 192.0.2.0/24 is set aside for documents, https://www.rfc-editor.org/rfc/rfc5737.
        var listen = new ListenOptions(IPAddress.Parse("192.0.2.1"), [18_123], [], []);
        Assert.Contains("HOST", Assert.Throws<StartupException>(() => PortCheck.Ensure(listen)).Message);
    }
}
