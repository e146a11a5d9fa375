using Omnibook.History;
using Omnibook.Server.Configuration;

namespace Omnibook.Server.Access;

/// <summary>Who has to show a key, and where the keys are.</summary>
/// <param name="KeysRequired">Whether every route needs a key; otherwise only those that trade or administrate. Setting <c>AUTH_REQUIRED</c>.</param>
/// <param name="KeyFile">The file of the keys; null for a server that knows none.</param>
internal sealed record AccessRules(bool KeysRequired = false, string? KeyFile = null)
{
    /// <summary>The name of the file in the data folder.</summary>
    public const string FileName = "access.db";

    /// <summary>The rules that are configured.</summary>
    public static AccessRules Of(OmnibookOptions options) => new(options.Access.KeysRequired, Path.Combine(options.Storage.DataFolder, FileName));

    /// <summary>Opens the keys.</summary>
    public ApiKeyStore? OpenStore() => KeyFile is null ? null : new ApiKeyStore(KeyFile);
}
