using System.Globalization;

namespace Omnibook.Server.Apis.PerpDex.Positions;

/// <summary>Whose real positions are wanted: an address of the chain, at both dexes, or the number of an account at Lighter.</summary>
/// <param name="Text">The address in lower case, or the number.</param>
/// <param name="IsNumber">Whether it is a number.</param>
internal sealed record PositionOwner(string Text, bool IsNumber)
{
    /// <summary>What is allowed, in words.</summary>
    public const string Allowed = "0x and 40 hexadecimal digits, or the number of an account at Lighter";

    /// <summary>Reads an address or a number; null for anything else.</summary>
    public static PositionOwner? Parse(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new PositionOwner(number.ToString(CultureInfo.InvariantCulture), true)
        : text is ['0', 'x' or 'X', .. var digits] && digits.Length == 40 && digits.All(char.IsAsciiHexDigit) ? new PositionOwner(text.ToLowerInvariant(), false)
        : null;
}
