using System.CommandLine;
using Omnibook.Server.Configuration;
using Omnibook.Server.Doctor;

namespace Omnibook.Server.Commands;

/// <summary><c>omnibook doctor</c>, or <c>omnibook test-connection</c>: looks at everything that the server will need, and says how to mend what is wrong.</summary>
internal static class DoctorCommand
{
    private static readonly Option<int> Seconds = new("--seconds")
    {
        Description = "How long to wait for the first data of the venues, 1 to 600.",
        DefaultValueFactory = _ => 20,
    };

    /// <summary>Describes the command.</summary>
    public static Command Create(SettingFlags settings)
    {
        var command = new Command("doctor", "Checks this machine, and every configured venue up to its first data; one line each, with the fix.") { Seconds };
        command.Aliases.Add("test-connection");
        command.SetAction((parsed, cancellationToken) => RunAsync(settings.Load(parsed), parsed.GetValue(Seconds), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(LoadedConfiguration configuration, int seconds, CancellationToken cancellationToken)
    {
        if (configuration.Problems.Count > 0)
        {
            return Problems.Report(configuration.Problems);
        }

        if (seconds is < 1 or > 600)
        {
            return Problems.Report($"--seconds {seconds}: expected 1 to 600.");
        }

        return await RunAsync(configuration.Options, TimeSpan.FromSeconds(seconds), Console.Out, TimeProvider.System, cancellationToken);
    }

    /// <summary>Looks at everything and writes a line for each finding.</summary>
    /// <returns>0 when nothing is bad, otherwise 1.</returns>
    internal static async Task<int> RunAsync(
        OmnibookOptions options, TimeSpan patience, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        var worst = Verdict.Good;
        Write(MachineChecks.Run(options));
        var hosts = new HostChecks(time);
        var looked = options.Venues.Select(venue => hosts.RunAsync(venue, cancellationToken)).ToArray();
        foreach (var venue in looked)
        {
            Write(await venue);
        }

        Write(await new VenueTrial(options, time).RunAsync(patience, cancellationToken));
        await output.WriteLineAsync(worst switch
        {
            Verdict.Good => "Everything is well.",
            Verdict.Warning => "It works; see the lines marked warn.",
            _ => "Something does not work; see the lines marked FAIL.",
        });
        return worst == Verdict.Bad ? ExitCode.Fault : ExitCode.Success;

        void Write(IEnumerable<Finding> findings)
        {
            foreach (var finding in findings)
            {
                worst = finding.Verdict > worst ? finding.Verdict : worst;
                output.WriteLine(finding);
            }
        }
    }
}
