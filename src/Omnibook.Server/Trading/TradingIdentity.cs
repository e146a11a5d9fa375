using System.Security.Cryptography;
using Omnibook.Server.Hosting;
using Omnibook.Simulator;
using Omnibook.Venues.Hyperliquid.Signing;

namespace Omnibook.Server.Trading;

/// <summary>Who trades. In the demo that is somebody who was made up for this run: the configured key is not even looked at.</summary>
internal sealed class TradingIdentity
{
    /// <summary>What the demo's account has, in dollars that do not exist.</summary>
    private const decimal DemoMoney = 1_000_000;

    private TradingIdentity(TradingOptions options, ActionSigner? signer, bool isDemo)
    {
        (Options, Signer, IsDemo) = (options, signer, isDemo);
        Account = (isDemo ? null : options.Vault ?? options.Account) ?? signer?.Address;
    }

    /// <summary>What is configured.</summary>
    public TradingOptions Options { get; }

    /// <summary>The key that signs; null where orders are off.</summary>
    public ActionSigner? Signer { get; }

    /// <summary>Whether everything is made up.</summary>
    public bool IsDemo { get; }

    /// <summary>The account whose orders and positions these are; null where orders are off.</summary>
    public EthereumAddress? Account { get; }

    /// <summary>The vault that is traded for; null for none.</summary>
    public EthereumAddress? Vault => IsDemo ? null : Options.Vault;

    /// <summary>The identity of a plan.</summary>
    /// <exception cref="StartupException">Orders are switched on and there is no key.</exception>
    public static TradingIdentity Of(ServerPlan plan)
    {
        var options = plan.Options.Trading;
        if (options.Mode == TradingMode.Off || plan.Mode == RunMode.Replay)
        {
            return new TradingIdentity(options with { Mode = TradingMode.Off }, null, isDemo: false);
        }

        if (plan.Mode == RunMode.Demo)
        {
            return ForDemo(options);
        }

        return options.Signer is not null
            ? For(options)
            : throw new StartupException(
                "TRADING_MODE switches orders on, and there is no private key: set HYPERLIQUID_PRIVATE_KEY in the environment, or HYPERLIQUID_PRIVATE_KEY_FILE to a file of mode 0600.");
    }

    /// <summary>Whoever is configured.</summary>
    public static TradingIdentity For(TradingOptions options) => new(options, options.Signer, isDemo: false);

    /// <summary>Somebody made up.</summary>
    public static TradingIdentity ForDemo(TradingOptions options) => new(
        options, new ActionSigner(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), options.Venue.Key == "hyperliquid"), isDemo: true);

    /// <summary>Gives the made up account its money at the simulators.</summary>
    public void FundAt(SimulatorHost simulator)
    {
        if (IsDemo && simulator.Venues.Any(venue => venue.Key == Options.Venue.Key))
        {
            simulator.Fund(Options.Venue.Key, $"{Account}", DemoMoney);
        }
    }
}
