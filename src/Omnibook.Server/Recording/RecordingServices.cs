using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.Liquidity;
using Omnibook.Server.Apis.Liquidity.Recorded;
using Omnibook.Server.Hosting;
using Omnibook.Server.Pipeline;

namespace Omnibook.Server.Recording;

/// <summary>Puts the recording together.</summary>
internal static class RecordingServices
{
    /// <summary>Registers the recording of a server, before whatever starts the market. What is replayed from frames is recorded already.</summary>
    public static IServiceCollection AddRecording(this IServiceCollection services, ServerPlan plan) =>
        plan.Mode == RunMode.Replay || !plan.Options.Recording.IsEnabled
            ? services
            : services.AddRecording(plan.Options.Recording, provider =>
            {
                var folder = provider.GetRequiredService<DataFolder>();
                return Path.Combine(folder.Path, plan.Mode == RunMode.Demo ? "recordings.demo" : "recordings");
            });

    /// <summary>Registers it in a folder.</summary>
    public static IServiceCollection AddRecording(this IServiceCollection services, RecordingOptions options, Func<IServiceProvider, string> folder) => services
        .AddSingleton(options)
        .AddSingleton<RunningReplays>()
        .AddSingleton(provider => new MarketRecorder(
            folder(provider),
            options,
            provider.GetRequiredService<MarketLoop>(),
            provider.GetRequiredService<InstrumentCatalog>(),
            () => provider.GetRequiredService<LiquidityPulse>().Capture(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<MarketRecorder>>()))
        .AddHostedService(provider => provider.GetRequiredService<MarketRecorder>());
}
