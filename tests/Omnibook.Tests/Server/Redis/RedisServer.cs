using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Omnibook.Tests.Server.Commands;

namespace Omnibook.Tests.Server.Redis;

/// <summary>A real <c>redis-server</c> on a free port, looked at by <c>redis-cli</c>, which shares nothing with our client.</summary>
internal sealed class RedisServer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-redis-");
    private readonly string _arguments;
    private readonly string? _password;
    private Process? _process;

    private RedisServer(string arguments, string? password) =>
        (_arguments, _password, Port) = (arguments, password, OmnibookProcess.FreePort());

    public int Port { get; }

    /// <summary>Whether CI says that these tests may not be skipped.</summary>
    private static bool IsNeeded => Environment.GetEnvironmentVariable("TESTS_NEED_REDIS") is { Length: > 0 };

    /// <summary>A server that is not started yet; skips the test where there is none to start.</summary>
    public static RedisServer Prepare(string arguments = "", string? password = null)
    {
        Assert.SkipUnless(IsNeeded || IsInstalled(), "redis-server is not installed (Debian: apt-get install redis-server)");
        return new RedisServer(arguments, password);
    }

    public static RedisServer Start(string arguments = "", string? password = null)
    {
        var server = Prepare(arguments, password);
        server.Start();
        return server;
    }

    public void Start()
    {
        var password = _password is null ? "" : $"--requirepass {_password}";
        _process = Run("redis-server", $"--port {Port} --bind 127.0.0.1 --save \"\" --appendonly no --dir {_folder.FullName} --loglevel warning {password} {_arguments}");
        for (var attempt = 0; attempt < 200; attempt++)
        {
            if (Answers())
            {
                return;
            }

            Thread.Sleep(25);
        }

        Assert.Fail("redis-server did not begin to answer.");
    }

    /// <summary>What <c>redis-cli</c> answers.</summary>
    public string Ask(string command)
    {
        var password = _password is null ? "" : $"-a {_password} --no-auth-warning";
        using var client = Run("redis-cli", $"-p {Port} {password} --raw {command}");
        var answer = client.StandardOutput.ReadToEnd();
        client.WaitForExit();
        return answer.Trim();
    }

    /// <summary>Follows a channel until this is disposed; what comes is in the list.</summary>
    public Listening Listen(string channel) => new(Run("redis-cli", $"-p {Port} --raw SUBSCRIBE {channel}"));

    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    public void Dispose()
    {
        if (_process is not null)
        {
            Kill();
        }

        _folder.Delete(recursive: true);
    }

    private static bool IsInstalled() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "redis-server")) && File.Exists(Path.Combine(folder, "redis-cli")));

    private bool Answers()
    {
        using var socket = new TcpClient();
        try
        {
            socket.Connect("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false; // Not yet.
        }
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", $"-{name} {_process!.Id.ToString(CultureInfo.InvariantCulture)}");
        kill.WaitForExit();
    }

    private static Process Run(string program, string arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
        UseShellExecute = false,
    })!;

    /// <summary>A subscriber.</summary>
    internal sealed class Listening : IDisposable
    {
        private readonly Process _client;

        public Listening(Process client)
        {
            _client = client;
            _client.OutputDataReceived += (_, line) => Add(line.Data);
            _client.BeginOutputReadLine();
        }

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_client)
                {
                    return [.. Kept];
                }
            }
        }

        private List<string> Kept { get; } = [];

        public void Dispose()
        {
            _client.Kill();
            _client.Dispose();
        }

        private void Add(string? line)
        {
            lock (_client)
            {
                Kept.Add(line ?? "");
            }
        }
    }
}
