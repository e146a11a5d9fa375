using System.CommandLine;
using System.Globalization;
using Omnibook.History;
using Omnibook.Server.Access;
using Omnibook.Server.Configuration;

namespace Omnibook.Server.Commands;

/// <summary><c>omnibook keys add</c>, <c>list</c>, <c>revoke</c>: also while a server runs on the same data folder, which notices within a second.</summary>
internal static class KeysCommand
{
    private const int LongestName = 64;
    private const int MostDays = 3650;

    private static readonly Option<string> Name = new("--name") { Description = "What the key is called in lists and logs.", Required = true };

    private static readonly Option<string> ScopeNames = new("--scopes") { Description = $"What it may do, separated by commas: {Scopes.Choices}.", DefaultValueFactory = _ => "read" };

    private static readonly Option<int> Days = new("--days") { Description = $"Ends it after so many days, 1 to {MostDays}; 0 for never.", DefaultValueFactory = _ => 0 };

    private static readonly Argument<string> Id = new("ID") { Description = "The 12 letters that name the key, or the whole key." };

    /// <summary>Describes the command.</summary>
    public static Command Create(SettingFlags settings)
    {
        var add = new Command("add", "Makes a key and shows it once.") { Name, ScopeNames, Days };
        add.SetAction(parsed => Run(settings.Load(parsed), store => Add(store, parsed)));
        var list = new Command("list", "Lists the keys, never the keys themselves.");
        list.SetAction(parsed => Run(settings.Load(parsed), List));
        var revoke = new Command("revoke", "Ends a key for good.") { Id };
        revoke.SetAction(parsed => Run(settings.Load(parsed), store => Revoke(store, parsed.GetValue(Id)!)));
        return new Command("keys", "Gives keys out and ends them.") { add, list, revoke };
    }

    private static int Run(LoadedConfiguration configuration, Func<ApiKeyStore, int> work)
    {
        if (configuration.Problems.Count > 0)
        {
            return Problems.Report(configuration.Problems);
        }

        var folder = configuration.Options.Storage.DataFolder;
        try
        {
            Directory.CreateDirectory(folder);
            return work(AccessRules.Of(configuration.Options).OpenStore()!);
        }
        catch (Exception exception) when (exception is KeyStoreException or IOException or UnauthorizedAccessException)
        {
            return Problems.Report($"{exception.Message} Name another data folder with OMNIBOOK_DATA or --data.");
        }
    }

    private static int Add(ApiKeyStore store, ParseResult parsed)
    {
        var (name, days) = (parsed.GetValue(Name)!.Trim(), parsed.GetValue(Days));
        if (Scopes.Parse(parsed.GetValue(ScopeNames)!) is not { } scopes)
        {
            return Problems.Report($"--scopes {parsed.GetValue(ScopeNames)}: expected some of {Scopes.Choices}, separated by commas.");
        }

        if (name.Length is 0 or > LongestName || name.Any(char.IsControl) || days is < 0 or > MostDays)
        {
            return Problems.Report($"--name is 1 to {LongestName} letters, --days 0 to {MostDays}.");
        }

        var (text, id) = KeyText.Create();
        var now = TimeProvider.System.GetUtcNow();
        store.Add(new ApiKeyRow(
            id, name, KeyText.Hash(text), Scopes.Format(scopes), now.ToUnixTimeMilliseconds(), days == 0 ? null : now.AddDays(days).ToUnixTimeMilliseconds()));
        Console.WriteLine(text);
        Console.Error.WriteLine($"This is the key \"{name}\" ({Scopes.Format(scopes)}). It is shown this once: only its hash is kept. omnibook keys revoke {id} ends it.");
        return ExitCode.Success;
    }

    private static int List(ApiKeyStore store)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var key in store.List())
        {
            var state = key.RevokedAtMs is { } revoked ? $"revoked {Day(revoked)}"
                : key.ExpiresAtMs is not { } end ? "stands"
                : end <= now ? $"ended {Day(end)}"
                : $"stands until {Day(end)}";
            Console.WriteLine($"{key.Id}\t{key.Name}\t{key.Scopes}\tsince {Day(key.CreatedAtMs)}\t{state}");
        }

        return ExitCode.Success;
    }

    private static int Revoke(ApiKeyStore store, string text)
    {
        var id = KeyText.IdOf(text) ?? text;
        if (!store.Revoke(id, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()))
        {
            Console.Error.WriteLine("There is no such key that still stands; omnibook keys list shows them.");
            return ExitCode.Fault;
        }

        Console.WriteLine($"The key {id} is revoked.");
        return ExitCode.Success;
    }

    private static string Day(long atMs) => DateTimeOffset.FromUnixTimeMilliseconds(atMs).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
