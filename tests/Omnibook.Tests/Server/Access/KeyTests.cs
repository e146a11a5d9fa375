using System.Net;
using Omnibook.History;
using Omnibook.Server.Access;

namespace Omnibook.Tests.Server.Access;

public sealed class KeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-keys-");

    private ApiKeyStore Store => new(Path.Combine(_folder.FullName, AccessRules.FileName));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_key_has_256_random_bits_and_a_part_that_may_be_shown()
    {
        var keys = Enumerable.Range(0, 1000).Select(_ => KeyText.Create()).ToList();
        Assert.All(keys, key => Assert.Matches("^ob_[0-9a-f]{12}_[A-Za-z0-9_-]{43}$", key.Text));
        Assert.All(keys, key => Assert.Equal(key.Id, KeyText.IdOf(key.Text)));
        Assert.Equal(1000, keys.Select(key => key.Text[16..]).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Only_the_hash_of_a_key_is_on_the_disk_and_only_its_owner_may_read_it()
    {
        var (text, id) = KeyText.Create();
        Store.Add(new ApiKeyRow(id, "one", KeyText.Hash(text), "read", 5));
        Assert.DoesNotContain(text[16..], File.ReadAllText(Store.Path, System.Text.Encoding.Latin1), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Store.Path));
        }
    }

    [Fact]
    public void What_was_added_is_listed_in_order_and_a_key_is_revoked_once()
    {
        Assert.Empty(Store.List());
        Assert.False(Store.Revoke("a", 1));
        Store.Add(new ApiKeyRow("b", "second", KeyText.Hash("b"), "read trade", 2, ExpiresAtMs: 9));
        Store.Add(new ApiKeyRow("a", "first", KeyText.Hash("a"), "read", 1));
        Assert.True(Store.Revoke("a", 7));
        Assert.False(Store.Revoke("a", 8));
        Assert.Equal(["first", "second"], Store.List().Select(key => key.Name));
        Assert.Equal(7, Store.List()[0].RevokedAtMs);
        Assert.Equal(9, Store.List()[1].ExpiresAtMs);
        Assert.Equal(KeyText.Hash("b"), Store.List()[1].Hash);
    }

    [Fact]
    public void A_file_of_a_newer_program_is_refused()
    {
        Store.Add(new ApiKeyRow("a", "first", KeyText.Hash("a"), "read", 1));
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Store.Path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        Assert.Contains("newer omnibook", Assert.Throws<KeyStoreException>(() => Store.List()).Message, StringComparison.Ordinal);
        Assert.Throws<KeyStoreException>(() => Store.Add(new ApiKeyRow("b", "second", KeyText.Hash("b"), "read", 2)));
    }

    [Fact]
    public void A_key_is_found_by_its_whole_text_alone()
    {
        var time = new ManualTimeProvider();
        var (text, id) = KeyText.Create();
        Store.Add(new ApiKeyRow(id, "one", KeyText.Hash(text), "read", 5));
        var ring = new KeyRing(Store, time);
        Assert.NotNull(ring.Find(text));
        Assert.Null(ring.Find(text[..^4] + "AAAA"));
        Assert.Null(ring.Find(KeyText.Create().Text));
        Assert.Null(ring.Find("ob_"));
        Assert.Null(ring.Find(""));
    }

    [Fact]
    public void Failures_are_counted_by_subscriber_and_bounded()
    {
        var time = new ManualTimeProvider();
        var failures = new FailedAttempts(time);
        for (var attempt = 0; attempt < FailedAttempts.Most; attempt++)
        {
            Assert.Equal(TimeSpan.Zero, failures.Wait(IPAddress.Parse("2001:db8::1")));
            failures.Note(IPAddress.Parse($"2001:db8::{attempt + 2}"));
        }

        Assert.True(failures.Wait(IPAddress.Parse("2001:db8::ffff")) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, failures.Wait(IPAddress.Parse("2001:db8:0:1::1")));
        Assert.Equal(TimeSpan.Zero, failures.Wait(IPAddress.Loopback));
        for (var address = 0; address < 20_000; address++)
        {
            failures.Note(new IPAddress(address + 1));
        }

        time.Advance(FailedAttempts.Window);
        Assert.Equal(TimeSpan.Zero, failures.Wait(IPAddress.Parse("2001:db8::1")));
    }
}
