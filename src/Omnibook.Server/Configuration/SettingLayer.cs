namespace Omnibook.Server.Configuration;

/// <summary>A value, and where it stands.</summary>
/// <param name="Value">The text; lists are joined by commas. Empty means: as if it were not set, lists empty.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="Name">Its name as it is written there.</param>
internal sealed record SettingValue(string Value, string Source, string Name);

/// <summary>What one source says, by path. Later layers are stronger.</summary>
/// <param name="Source">The source, as shown to people.</param>
/// <param name="Values">Its values by path; letter case does not matter.</param>
/// <param name="Problems">What is wrong with the source itself: not readable, names that do not exist.</param>
internal sealed record SettingLayer(
    string Source, IReadOnlyDictionary<string, SettingValue> Values, IReadOnlyList<ConfigurationProblem> Problems);
