using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Omnibook.Venues.Hyperliquid.Signing;

namespace Omnibook.Tests.Venues.Hyperliquid.Signing;

/// <summary>The bytes that are hashed, the hash, and the signatures for both networks, as published.</summary>
public sealed class SigningVectorTests
{
    private const string Key = "0x0123456789012345678901234567890123456789012345678901234567890123";

    public static TheoryData<string> Vectors => [.. SigningVector.All.Select(vector => vector.Name)];

    [Fact]
    public void The_account_of_a_key_is_known() =>
        Assert.Equal("0x14791697260e4c9a71f18484c9f997b308e59325", new ActionSigner(Key, isMainnet: true).Address.ToString());

    [Theory]
    [MemberData(nameof(Vectors))]
    public void An_action_is_hashed_and_signed_as_published(string name)
    {
        var vector = SigningVector.All.Single(candidate => candidate.Name == name);
        var action = JsonDocument.Parse(vector.Action).RootElement;
        var vault = EthereumAddress.TryParse(vector.Vault, out var parsed) ? parsed : null;

        Assert.Equal(vector.Preimage, Convert.ToHexStringLower(ActionHash.Preimage(action, vector.Nonce, vault, vector.ExpiresAfter)));
        Assert.Equal(vector.Hash, Convert.ToHexStringLower(ActionHash.Of(action, vector.Nonce, vault, vector.ExpiresAfter)));
        AssertSigned(isMainnet: true, vector.Mainnet);
        AssertSigned(isMainnet: false, vector.Testnet);

        void AssertSigned(bool isMainnet, string expected)
        {
            var signer = new ActionSigner(Key, isMainnet);
            var signature = signer.Sign(action, vector.Nonce, vault, vector.ExpiresAfter);
            Assert.Equal(expected, Text(signature));
            Assert.Equal(signer.Address, ActionSigner.SignerOf(action, vector.Nonce, signature, isMainnet, vault, vector.ExpiresAfter));
            Assert.NotEqual(signer.Address, ActionSigner.SignerOf(action, vector.Nonce + 1, signature, isMainnet, vault, vector.ExpiresAfter));
            Assert.NotEqual(signer.Address, ActionSigner.SignerOf(action, vector.Nonce, signature, !isMainnet, vault, vector.ExpiresAfter));
        }
    }

    [Theory]
    [InlineData("UsdSend", "637b37dd731507cdd24f46532ca8ba6eec616952c56218baeff04144e4a77073 11a6a24900e6e314136d2592e2f8d502cd89b7c15b198e1bee043c9589f9fad7 27")]
    [InlineData("Withdraw", "8363524c799e90ce9bc41022f7c39b4e9bdba786e5f9c72b20e43e1462c37cf9 58b1411a775938b83e29182e8ef74975f9054c8e97ebf5ec2dc8d51bfc893881 28")]
    public void An_action_of_the_user_is_signed_as_published(string type, string expected)
    {
        var signature = new ActionSigner(Key, isMainnet: false).SignUser(
            $"HyperliquidTransaction:{type}(string hyperliquidChain,string destination,string amount,uint64 time)",
            0x66eee, "Testnet", "0x5e9ee1089755c3435139848e47e6635505d5a13a", "1", 1687816341423);
        Assert.Equal(expected, Text(signature));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x12")]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")]
    [InlineData("0xzz23456789012345678901234567890123456789012345678901234567890123")]
    public void What_is_no_key_is_refused_and_not_repeated(string key)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new ActionSigner(key, isMainnet: true));
        Assert.True(key.Length < 4 || !refusal.Message.Contains(key[2..], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    public void The_hash_is_that_of_the_chain(string text, string hash) =>
        Assert.Equal(hash, Convert.ToHexStringLower(Keccak256.Of(System.Text.Encoding.UTF8.GetBytes(text))));

    [Theory]
    [InlineData(135)]
    [InlineData(136)]
    [InlineData(137)]
    [InlineData(272)]
    public void A_hash_depends_on_every_byte_around_the_end_of_a_block(int length)
    {
        var data = new byte[length];
        var hashes = Enumerable.Range(0, length).Select(index =>
        {
            data[index] ^= 1;
            var hash = Convert.ToHexString(Keccak256.Of(data));
            data[index] ^= 1;
            return hash;
        }).ToList();
        Assert.Equal(length, hashes.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("[-1,-32,-33,-128,-129,-32768,-32769,-2147483648,-2147483649]", "99ffe0d0dfd080d1ff7fd18000d2ffff7fffd280000000d3ffffffff7fffffff")]
    [InlineData("[0,127,128,255,256,65535,65536,4294967295,4294967296]", "99007fcc80ccffcd0100cdffffce00010000ceffffffffcf0000000100000000")]
    [InlineData("[true,false,null]", "93c3c2c0")]
    public void Every_value_has_its_shortest_form(string json, string bytes) =>
        Assert.Equal(bytes, Convert.ToHexStringLower(ActionEncoding.Of(JsonDocument.Parse(json).RootElement)));

    [Fact]
    public void A_fraction_is_refused() =>
        Assert.Throws<ArgumentException>(() => ActionEncoding.Of(JsonDocument.Parse("1.5").RootElement));

    private static string Text(in Signature signature) => string.Create(
        CultureInfo.InvariantCulture, $"{Digits(signature.R)} {Digits(signature.S)} {signature.V}");

    private static string Digits(BigInteger number) => Signature.Hex(number)[2..].TrimStart('0');
}
