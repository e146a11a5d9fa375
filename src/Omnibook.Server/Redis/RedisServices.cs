using Omnibook.Server.Apis.PerpDex.Prices;
using Omnibook.Server.Configuration;

namespace Omnibook.Server.Redis;

/// <summary>Registers Redis where it is configured.</summary>
internal static class RedisServices
{
    /// <summary>Registers its state, and what keeps it up to date. Without an address there is the state alone, which says so.</summary>
    public static IServiceCollection AddRedis(this IServiceCollection services, RedisOptions? options)
    {
        if (options is null)
        {
            return services.AddSingleton(provider => new RedisState(provider.GetRequiredService<TimeProvider>()));
        }

        return services
            .AddSingleton(options)
            .AddSingleton(options.Address)
            .AddSingleton(_ => new LatestWrites())
            .AddSingleton(provider => new RedisState(provider.GetRequiredService<TimeProvider>())
            {
                Address = options.Address,
                Waiting = provider.GetRequiredService<LatestWrites>(),
            })
            .AddHostedService<RedisPublisher>()
            .AddHostedService<PriceRelay>();
    }
}
