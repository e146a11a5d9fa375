using System.Net.Sockets;

namespace Omnibook.Tests.Server.Streams;

/// <summary>
/// What a frame to many clients costs. Run by itself (<c>-explicit only -class …</c>), because other tests would be measured with it.
/// </summary>
public sealed class FanOutMeasurement
{
    [Theory(Explicit = true)]
    [InlineData(100, 1)]
    [InlineData(100, 8)]
    public async Task A_frame_to_a_client_allocates_next_to_nothing(int clients, int atOnce)
    {
        await using var host = await StreamHost.StartAsync();
        var readers = new List<RawClient>();
        for (var i = 0; i < clients; i++)
        {
            readers.Add(await RawClient.ConnectAsync(host.Address, "/events"));
        }

        await StreamHost.UntilAsync(() => host.Events.Followers == clients);
        using var ended = new CancellationTokenSource();
        var draining = new Thread(() => Drain(readers, ended.Token)) { IsBackground = true };
        draining.Start();
        Send(host, rounds: 500, atOnce);
        var best = Enumerable.Range(0, 5).Select(_ => Measure(host, atOnce)).MinBy(cost => cost.Bytes);
        TestContext.Current.SendDiagnosticMessage(
            $"{clients} clients, {atOnce} at once: {best.Bytes:0.00} bytes and {best.Microseconds:0.0} µs (with the reading) a frame and client");
        await ended.CancelAsync();
        draining.Join();
        readers.ForEach(reader => reader.Dispose());
        Assert.True(best.Bytes < 2, $"{best.Bytes:0.00} bytes a frame and client");
    }

    /// <summary>The least of several counts: what else the process does can only add to it.</summary>
    private static (double Bytes, double Microseconds) Measure(StreamHost host, int atOnce)
    {
        var (allocated, processor, sent) = (GC.GetTotalAllocatedBytes(true), Environment.CpuUsage.TotalTime, host.Counters.FramesSent);
        Send(host, rounds: 500, atOnce);
        var frames = host.Counters.FramesSent - sent;
        return (
            (double)(GC.GetTotalAllocatedBytes(true) - allocated) / frames,
            (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / frames);
    }

    private static void Send(StreamHost host, int rounds, int atOnce)
    {
        var text = new byte[1028];
        Array.Fill(text, (byte)'x');
        for (var i = 0; i < rounds; i++)
        {
            var before = host.Counters.FramesSent;
            for (var n = 0; n < atOnce; n++)
            {
                host.Events.Publish(host.Render(text));
            }

            SpinWait.SpinUntil(() => host.Counters.FramesSent >= before + (long)atOnce * host.Events.Followers, TimeSpan.FromSeconds(30));
        }
    }

    private static void Drain(List<RawClient> clients, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var client in clients)
            {
                while (client.Socket.Available > 0)
                {
                    client.Socket.Receive(buffer, SocketFlags.None);
                }
            }
        }
    }
}
