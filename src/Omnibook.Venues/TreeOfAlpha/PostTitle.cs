namespace Omnibook.Venues.TreeOfAlpha;

/// <summary>Takes the history's title of a post apart: <c>Name (@handle): text</c>.</summary>
internal static class PostTitle
{
    private const string BeforeHandle = " (@";
    private const string AfterHandle = "): ";

    // https://help.x.com/en/managing-your-account/x-username-rules: 4 to 15, older ones shorter; other networks have longer ones.
    private const int LongestHandle = 64;

    /// <summary>Splits at the first handle in brackets that a colon follows. A name may hold any sign, brackets and colons among them.</summary>
    public static bool TrySplit(string title, out string author, out string text)
    {
        for (var at = title.IndexOf(BeforeHandle, StringComparison.Ordinal); at > 0; at = title.IndexOf(BeforeHandle, at + 1, StringComparison.Ordinal))
        {
            var handle = title.AsSpan(at + BeforeHandle.Length);
            var length = handle.IndexOf(AfterHandle, StringComparison.Ordinal);
            if (length is > 0 and <= LongestHandle && IsHandle(handle[..length]))
            {
                var end = at + BeforeHandle.Length + length + 1;
                (author, text) = (title[..end], title[(end + AfterHandle.Length - 1)..]);
                return true;
            }
        }

        (author, text) = ("", "");
        return false;
    }

    private static bool IsHandle(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '.' or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
