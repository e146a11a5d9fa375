using System.Diagnostics.CodeAnalysis;
using Omnibook.Core.Instruments;
using Omnibook.Server.Alerts;
using Omnibook.Server.Apis.Liquidity;

namespace Omnibook.Server.Apis.Alerts;

/// <summary>What an alert can be about: a composite by its name or its symbol in the Liquidity dialect, or any instrument of a venue that is followed.</summary>
internal sealed class AlertSymbols(LiquiditySettings liquidity, AlertSources sources)
{
    /// <summary>Finds what a text means.</summary>
    /// <param name="text">What was asked for.</param>
    /// <param name="symbol">The composite's symbol as it is written, or the instrument as <c>venue/symbol</c> in the venue's spelling.</param>
    /// <param name="composite">The composite; null for an instrument.</param>
    /// <param name="problem">What is wrong with it, and what there is.</param>
    public bool TryFind(string text, out string symbol, out string? composite, [NotNullWhen(false)] out string? problem)
    {
        (symbol, composite, problem) = (text, null, null);
        var plan = liquidity.Symbols.FirstOrDefault(plan => string.Equals(plan.Name, text, StringComparison.OrdinalIgnoreCase));
        if (plan is not null)
        {
            (symbol, composite) = (plan.Name, plan.Composite);
            return true;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0)
        {
            problem = $"There is no such composite; there are {string.Join(", ", liquidity.Symbols.Select(plan => plan.Name))}, and every instrument as venue/symbol";
            return false;
        }

        return TryFindInstrument(new VenueId(text[..slash].ToLowerInvariant()), text[(slash + 1)..], out symbol, out problem);
    }

    private bool TryFindInstrument(VenueId venue, string text, out string symbol, [NotNullWhen(false)] out string? problem)
    {
        (symbol, problem) = ("", null);
        if (!sources.Venues().Contains(venue))
        {
            problem = $"No such venue is followed; there are {string.Join(", ", sources.Venues())}";
            return false;
        }

        if (sources.Directory(venue) is not { } directory)
        {
            problem = $"{venue} has not told its instruments yet; try again soon";
            return false;
        }

        var resolution = directory.Resolve(text);
        if (resolution.Listing is { } listing)
        {
            symbol = $"{venue}/{listing.Symbol}";
            return true;
        }

        problem = resolution.Candidates.Count == 0
            ? $"{venue} lists no such instrument"
            : $"{venue} lists no such instrument; near are {string.Join(", ", resolution.Candidates.Select(candidate => candidate.Symbol))}";
        return false;
    }
}
