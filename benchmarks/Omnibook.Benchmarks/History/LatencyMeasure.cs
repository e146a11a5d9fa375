using System.Net;
using System.Net.Sockets;
using Omnibook.Benchmarks.Decode;

namespace Omnibook.Benchmarks.History;

/// <summary>
/// How long it takes from a depth frame on a loopback socket through session and book to the best prices on the socket back, one frame each
/// half a millisecond: the market's thread reads blocking, and so does the one that drives it.
/// </summary>
internal static class LatencyMeasure
{
    private const int AnswerBytes = 128;
    private static readonly TimeSpan Pace = TimeSpan.FromMicroseconds(500);

    /// <summary>The latencies in microseconds, shortest first.</summary>
    public static double[] Run(DepthFrames frames, int count)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.Connect(listener.LocalEndPoint!);
        using var server = listener.Accept();
        server.NoDelay = true;
        var market = new Thread(() => Serve(server, frames)) { IsBackground = true, Name = "market" };
        market.Start();
        var latencies = Drive(client, frames.Depth, count);
        client.Shutdown(SocketShutdown.Send);
        market.Join();
        Array.Sort(latencies);
        return latencies;
    }

    private static double[] Drive(Socket client, byte[][] frames, int count)
    {
        var (answer, latencies, next) = (new byte[AnswerBytes], new double[count], TimeProvider.System.GetTimestamp());
        for (var i = 0; i < count; i++)
        {
            var frame = frames[i % frames.Length];
            next += (long)(Pace.TotalSeconds * TimeProvider.System.TimestampFrequency);
            WaitUntil(next);
            var began = TimeProvider.System.GetTimestamp();
            client.Send(BitConverter.GetBytes(frame.Length));
            client.Send(frame);
            Receive(client, answer);
            latencies[i] = TimeProvider.System.GetElapsedTime(began).TotalMicroseconds;
        }

        return latencies;
    }

    private static void Serve(Socket server, DepthFrames frames)
    {
        var depth = new OmnibookDepth(frames);
        depth.Restart();
        var (length, answer, taken) = (new byte[sizeof(int)], new byte[AnswerBytes], 0);
        while (Receive(server, length))
        {
            var frame = new byte[BitConverter.ToInt32(length)];
            Receive(server, frame);
            if (taken++ % frames.Depth.Length == 0)
            {
                depth.Restart();
            }

            BitConverter.TryWriteBytes(answer, depth.Apply(frame));
            server.Send(answer);
        }
    }

    private static bool Receive(Socket socket, byte[] bytes)
    {
        for (var received = 0; received < bytes.Length;)
        {
            var some = socket.Receive(bytes, received, bytes.Length - received, SocketFlags.None);
            if (some == 0)
            {
                return false;
            }

            received += some;
        }

        return true;
    }

    /// <summary>Without spinning: a driver that spins takes the core that is measured.</summary>
    private static void WaitUntil(long timestamp)
    {
        while (TimeProvider.System.GetTimestamp() is var now && now < timestamp)
        {
            var left = TimeSpan.FromSeconds((double)(timestamp - now) / TimeProvider.System.TimestampFrequency);
            if (left > TimeSpan.FromMicroseconds(60))
            {
                Thread.Sleep(left - TimeSpan.FromMicroseconds(60) < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left);
            }
        }
    }
}
