using BenchmarkDotNet.Running;
using Omnibook.Benchmarks.Decode;
using Omnibook.Benchmarks.Growth;
using Omnibook.Benchmarks.History;
using Omnibook.Benchmarks.Journal;
using Omnibook.Benchmarks.Routing;
using Omnibook.Benchmarks.Wire;

// `gates` judges the bars in a minute, `gates routing` one kind of them; anything else is for BenchmarkDotNet: `--filter '*Decode*'`.
(string Name, Func<TextWriter, bool> Run)[] gates =
[
    ("decode", DecodeGates.Run),
    ("venues", VenueGates.Run),
    ("growth", GrowthGates.Run),
    ("memory", MemoryGates.Run),
    ("routing", RouterGates.Run),
    ("history", HistoryGates.Run),
    ("journal", JournalGates.Run),
];

if (args is ["gates", ..])
{
    // All of them are run, whatever comes of the first.
    bool[] holds = [.. gates.Where(gate => args.Length == 1 || args.Contains(gate.Name)).Select(gate => gate.Run(Console.Out))];
    return holds.Length > 0 && !holds.Contains(false) ? 0 : 1;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
