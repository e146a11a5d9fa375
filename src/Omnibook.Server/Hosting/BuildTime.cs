using System.Reflection;

namespace Omnibook.Server.Hosting;

/// <summary>Knows when the program is run by the build, to read its routes out of it.</summary>
/// <remarks>https://learn.microsoft.com/aspnet/core/fundamentals/openapi/aspnetcore-openapi#customizing-run-time-behavior-during-build-time-document-generation</remarks>
internal static class BuildTime
{
    /// <summary>True in the build's own process: nothing may be opened, locked, written or printed.</summary>
    public static bool IsGeneratingDocuments { get; } = Assembly.GetEntryAssembly()?.GetName().Name == "GetDocument.Insider";
}
