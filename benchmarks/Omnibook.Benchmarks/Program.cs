using BenchmarkDotNet.Running;
using Omnibook.Benchmarks.Decode;
using Omnibook.Benchmarks.Routing;

// `gates` judges the bars in a few seconds, `gates routing` one of them; anything else is for BenchmarkDotNet: `--filter '*Decode*'`.
if (args is ["gates", ..])
{
    var decodes = args is [_, "routing"] || DecodeGates.Run(Console.Out);
    return RouterGates.Run(Console.Out) && decodes ? 0 : 1;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
