namespace Omnibook.Venues.Captures;

/// <summary>A capture cannot be read: the file is missing or damaged, or a line is not of the format that the file began with.</summary>
public sealed class CaptureException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">The line, the first being 1; 0 when the trouble is with the file as a whole.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="inner">The cause, if another exception is.</param>
    public CaptureException(string file, long line, string problem, Exception? inner = null)
        : base(line > 0 ? $"{file}:{line}: {problem}" : $"{file}: {problem}", inner) =>
        (File, Line, Problem) = (file, line, problem);

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The line, the first being 1; 0 when the trouble is with the file as a whole.</summary>
    public long Line { get; }

    /// <summary>What is wrong with it.</summary>
    public string Problem { get; }
}
