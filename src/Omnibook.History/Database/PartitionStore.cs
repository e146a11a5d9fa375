using System.Globalization;
using Omnibook.History.DuckDb;

namespace Omnibook.History.Database;

/// <summary>Makes, closes, drops and sets aside partitions of an open engine. Of the database's own thread.</summary>
internal sealed class PartitionStore(HistoryEngine engine, PartitionFolder folder, PartitionShelf shelf, Action<string> tell)
{
    private int _named;

    /// <summary>Attaches what the folder has. What is damaged, or of another journal, is set aside.</summary>
    /// <param name="lastKnown">The journal's last position.</param>
    public void AttachAll(long lastKnown)
    {
        foreach (var file in folder.Open())
        {
            var trouble = TryAttach(file, out var partition);
            if (trouble.Length == 0 && partition.Index.Last > lastKnown)
            {
                engine.Detach(partition.Alias);
                trouble = $"it goes up to position {partition.Index.Last}, and the journal up to {lastKnown}";
            }

            if (trouble.Length == 0)
            {
                shelf.Add(partition);
            }
            else
            {
                tell($"{file.Name} cannot be used and is set aside as {folder.SetAside(folder.PathOf(file))}: {trouble}");
            }
        }
    }

    /// <summary>Begins a partition that grows, and writes into it.</summary>
    public PartitionWriter BeginWriter(long hour, long first) => new(engine, Begin(hour, first));

    /// <summary>Goes on with a partition that grows.</summary>
    public PartitionWriter GoOn(HistoryPartition partition) => new(engine, partition);

    /// <summary>Makes a partition that does not grow any more of one that did.</summary>
    public void Close(HistoryPartition growing)
    {
        var file = new PartitionFile(growing.Hour, growing.Index.First, IsLive: false);
        var making = folder.PathOf(file) + PartitionFile.Making;
        PartitionFolder.Delete(making);
        Make(growing, making);
        File.Move(making, folder.PathOf(file), overwrite: true);
        if (TryAttach(file, out var closed) is { Length: > 0 } trouble)
        {
            throw new DuckDbException(0, $"{file.Name} was made and cannot be read: {trouble}");
        }

        shelf.Replace(growing, closed);
    }

    /// <summary>Lets go of those that nobody reads any more: deletes them, or sets them aside.</summary>
    public void Sweep()
    {
        foreach (var partition in shelf.TakeIdle())
        {
            engine.Detach(partition.Alias);
            if (partition.IsDamaged)
            {
                tell($"{Path.GetFileName(partition.Path)} is damaged and set aside as {folder.SetAside(partition.Path)}; it is rebuilt from the journal.");
            }
            else
            {
                PartitionFolder.Delete(partition.Path);
            }
        }
    }

    /// <summary>Begins a partition that grows.</summary>
    private HistoryPartition Begin(long hour, long first)
    {
        var file = new PartitionFile(hour, first, IsLive: true);
        PartitionFolder.Delete(folder.PathOf(file));
        var partition = NewPartition(file, folder.PathOf(file));
        engine.Attach(partition.Path, partition.Alias, isReadOnly: false);
        using var connection = engine.Connect();
        connection.Execute("BEGIN");
        foreach (var statement in PartitionSchema.Create(partition.Alias))
        {
            connection.Execute(statement);
        }

        connection.Execute("COMMIT");
        shelf.Add(partition);
        return partition;
    }

    private void Make(HistoryPartition growing, string path)
    {
        var alias = NewAlias();
        engine.Attach(path, alias, isReadOnly: false);
        try
        {
            using var connection = engine.Connect();
            foreach (var statement in PartitionSchema.Close(growing.Alias, alias))
            {
                connection.Execute(statement);
            }

            connection.Execute($"CHECKPOINT {alias}");
        }
        finally
        {
            engine.Detach(alias);
        }
    }

    /// <summary>Empty when it could be attached; why not otherwise.</summary>
    private string TryAttach(PartitionFile file, out HistoryPartition partition)
    {
        partition = NewPartition(file, folder.PathOf(file));
        try
        {
            engine.Attach(partition.Path, partition.Alias, isReadOnly: !file.IsLive);
        }
        catch (DuckDbException exception) when (!exception.IsFatal)
        {
            return exception.Message;
        }

        try
        {
            using var connection = engine.Connect();
            partition.LoadIndex(connection);
            return "";
        }
        catch (DuckDbException exception) when (!exception.IsFatal)
        {
            engine.Detach(partition.Alias);
            return exception.Message;
        }
    }

    private HistoryPartition NewPartition(PartitionFile file, string path) => new(NewAlias(), path, file);

    private string NewAlias() => "p" + (++_named).ToString(CultureInfo.InvariantCulture);
}
