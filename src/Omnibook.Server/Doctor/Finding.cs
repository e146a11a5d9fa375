namespace Omnibook.Server.Doctor;

/// <summary>How bad a finding is.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>It works, but somebody should know.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Bad,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Verdict">How it is.</param>
/// <param name="Subject">What was looked at: a venue, or this machine.</param>
/// <param name="Check">What about it: <c>dns</c>, <c>tls</c>, <c>clock</c>, <c>data</c>.</param>
/// <param name="What">What was found.</param>
/// <param name="Fix">What to do about it; empty where nothing is to be done.</param>
internal sealed record Finding(Verdict Verdict, string Subject, string Check, string What, string Fix = "")
{
    /// <summary>The subject of what is not of a venue.</summary>
    public const string Machine = "this machine";

    /// <summary>In one line.</summary>
    public override string ToString()
    {
        var mark = Verdict switch { Verdict.Good => "ok", Verdict.Warning => "warn", _ => "FAIL" };
        return $"{mark,-4} {Subject,-20} {Check,-8} {What}{(Fix.Length > 0 ? $" -> {Fix}" : "")}";
    }
}
