namespace Omnibook.History.Database.Export;

/// <summary>A file that was made for one reader. It is deleted when that one is done.</summary>
/// <param name="path">Where it is.</param>
/// <param name="rows">How many rows it has.</param>
public sealed class ExportedFile(string path, long rows) : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>How many rows it has.</summary>
    public long Rows => rows;

    /// <summary>Deletes it.</summary>
    public void Dispose() => File.Delete(path);
}
