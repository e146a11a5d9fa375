using BenchmarkDotNet.Running;
using Omnibook.Benchmarks.Decode;

// `gates` judges the bars in a few seconds; anything else is for BenchmarkDotNet: `--filter '*Decode*'`.
if (args is ["gates", ..])
{
    return DecodeGates.Run(Console.Out) ? 0 : 1;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
