namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>A stream that a subscription needs: one for each exchange.</summary>
/// <param name="Key">Which.</param>
/// <param name="Open">Opens it, where it is not open yet; may refuse by throwing.</param>
/// <param name="LeastWorth">Frames that are worth less are left out.</param>
internal sealed record StreamTarget(StreamKey Key, Func<MarketStream> Open, long LeastWorth = 0);

/// <summary>What a subscription comes to.</summary>
/// <param name="Targets">The streams.</param>
/// <param name="MayLack">Whether those that cannot be opened are left out as long as there is another: no exchange was named.</param>
internal sealed record StreamPlan(IReadOnlyList<StreamTarget> Targets, bool MayLack);
