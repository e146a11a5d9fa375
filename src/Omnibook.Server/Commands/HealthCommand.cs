using System.CommandLine;
using System.Net;
using Omnibook.Server.Configuration;

namespace Omnibook.Server.Commands;

/// <summary>
/// <c>omnibook health</c>: asks the server of the same configuration whether it lives. For the health check of a container that has
/// neither a shell nor curl.
/// </summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly Option<bool> Ready = new("--ready") { Description = "Ask whether a book is live, not only whether the process answers." };

    /// <summary>Describes the command.</summary>
    public static Command Create(SettingFlags settings)
    {
        var command = new Command("health", "Asks the running server whether it lives; ends with 0 when it does, otherwise with 1.") { Ready };
        command.SetAction((parsed, cancellationToken) => RunAsync(settings.Load(parsed), parsed.GetValue(Ready), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(LoadedConfiguration configuration, bool ready, CancellationToken cancellationToken)
    {
        if (configuration.Problems.Count > 0)
        {
            return Problems.Report(configuration.Problems);
        }

        var address = AddressOf(configuration.Options.Listen, ready ? "/health/ready" : "/health/live");
        try
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
            using var answer = await http.GetAsync(address, cancellationToken);
            await Console.Out.WriteLineAsync(await answer.Content.ReadAsStringAsync(cancellationToken));
            return answer.IsSuccessStatusCode ? ExitCode.Success : ExitCode.Fault;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{address} does not answer: {exception.Message}");
            return ExitCode.Fault;
        }
    }

    /// <summary>Where the server can be reached from its own machine: all addresses are the loopback as well.</summary>
    internal static Uri AddressOf(ListenOptions listen, string path)
    {
        var host = listen.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : listen.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : listen.Address;
        return new UriBuilder("http", host.ToString(), listen.Ports[0], path).Uri;
    }
}
