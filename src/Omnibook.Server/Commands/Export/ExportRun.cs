using Omnibook.History.Database.Export;
using Omnibook.Server.Hosting;
using Spectre.Console;

namespace Omnibook.Server.Commands.Export;

/// <summary>Makes the file, and shows how far it is. Whoever holds the data folder makes it: a server that runs, or this process.</summary>
internal static class ExportRun
{
    /// <summary>Makes the file.</summary>
    /// <returns>How many rows it has.</returns>
    public static Task<long> RunAsync(ServerPlan plan, ExportRequest request, string target, FileInfo? keyFile, CancellationToken cancellationToken) =>
        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
            .StartAsync(progress => RunAsync(plan, request, target, keyFile, progress, cancellationToken));

    private static async Task<long> RunAsync(
        ServerPlan plan, ExportRequest request, string target, FileInfo? keyFile, ProgressContext progress, CancellationToken cancellationToken)
    {
        if (!DataFolder.TryOpen(plan.Options.Storage.DataFolder, out var folder))
        {
            return await RemoteExport.RunAsync(plan.Options.Listen, request, target, keyFile, progress, cancellationToken);
        }

        using (folder)
        {
            return await LocalExport.RunAsync(plan, request, target, progress, cancellationToken);
        }
    }
}
