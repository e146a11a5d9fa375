using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Omnibook.History;
using Omnibook.Server.Alerts.Webhooks;
using Omnibook.Server.Apis.Alerts;
using Omnibook.Server.Hosting;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Pipeline.Demand;

namespace Omnibook.Server.Alerts;

/// <summary>Puts the alerts together.</summary>
internal static class AlertServices
{
    /// <summary>Registers the alerts of a server. A replay of recorded frames has none: nobody is to be called for what is long over.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services, ServerPlan plan) => plan.Mode == RunMode.Replay
        ? services
        : services
            .AddSingleton(provider => new AlertSources(
                provider.GetRequiredService<VenueFeeds>().DirectoryOf,
                provider.GetRequiredService<MarketDemand>().Acquire,
                () => [.. provider.GetRequiredService<VenueFeeds>().States.Select(state => state.Id)]))
            .AddSingleton(provider =>
            {
                provider.GetRequiredService<DataFolder>();
                return new AlertStore(plan.AlertFile);
            })
            .AddAlerts(plan.Options.Alerts);

    /// <summary>Registers everything but the file and what is asked of venues.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services, AlertOptions options)
    {
        services.TryAddSingleton(_ => new WebhookGuard(options, Dns.GetHostAddressesAsync));
        return services
            .AddSingleton(options)
            .AddSingleton<WebhookClient>()
            .AddSingleton<AlertSymbols>()
            .AddSingleton<AlertWatch>()
            .AddSingleton<AlertLeases>()
            .AddSingleton<WebhookCourier>()
            .AddSingleton<AlertDesk>()
            .AddHostedService(provider => provider.GetRequiredService<AlertDesk>())
            .AddHostedService(provider => provider.GetRequiredService<WebhookCourier>());
    }
}
