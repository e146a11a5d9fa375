using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Omnibook.Tests.Server.Commands;

/// <summary>The program as people run it: a process of its own, in a folder and an environment of its own.</summary>
internal sealed class OmnibookProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private OmnibookProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public string Output => Text(_output);

    public string Errors => Text(_errors);

    /// <summary>Starts the program.</summary>
    public static OmnibookProcess Start(string folder, string arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", $"\"{Path.Combine(AppContext.BaseDirectory, "omnibook.dll")}\" {arguments}")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in (string[])["PORT", "API_PORT", "APP_PORT", "HOST", "API_URL", "DATABASE_URL", "LOG_LEVEL", "CRYEXC_PORT", "AUTH_REQUIRED", "INSECURE_PUBLIC", "REDIS_URL"])
        {
            start.Environment.Remove(name);
        }

        start.Environment["OMNIBOOK_DATA"] = Path.Combine(folder, "data");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new OmnibookProcess(Process.Start(start)!);
        process._process.OutputDataReceived += (_, line) => Append(process._output, line.Data);
        process._process.ErrorDataReceived += (_, line) => Append(process._errors, line.Data);
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string folder, string arguments, params (string Name, string Value)[] environment)
    {
        using var process = Start(folder, arguments, environment);
        return (await process.ExitAsync(), process.Output, process.Errors);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends the process without asking it, as a power cut of the operating system's making would.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Asks the process to end.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", $"-TERM {Id}");
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
