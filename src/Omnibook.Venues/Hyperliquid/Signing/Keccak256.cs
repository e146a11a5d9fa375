using System.Buffers.Binary;
using System.Numerics;

namespace Omnibook.Venues.Hyperliquid.Signing;

/// <summary>
/// The hash of Ethereum: Keccak with 256 bits as it was before it became SHA-3, from which it differs by the padding alone.
/// https://keccak.team/keccak_specs_summary.html
/// </summary>
internal static class Keccak256
{
    /// <summary>Length of a hash in bytes.</summary>
    public const int Length = 32;

    private const int Rate = 136;
    private const byte FirstPadding = 0x01;
    private const byte LastPadding = 0x80;

    private static readonly ulong[] RoundConstants =
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000, 0x000000000000808B, 0x0000000080000001,
        0x8000000080008081, 0x8000000000008009, 0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
        0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
        0x000000000000800A, 0x800000008000000A, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    // The lanes in the order in which rho and pi visit them, and how far each is turned.
    private static readonly int[] Lanes = [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];
    private static readonly int[] Turns = [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];

    /// <summary>The hash of some bytes.</summary>
    public static byte[] Of(ReadOnlySpan<byte> data)
    {
        Span<ulong> state = stackalloc ulong[25];
        state.Clear();
        while (data.Length >= Rate)
        {
            Absorb(state, data[..Rate]);
            data = data[Rate..];
        }

        Span<byte> last = stackalloc byte[Rate];
        last.Clear();
        data.CopyTo(last);
        last[data.Length] = FirstPadding;
        last[^1] |= LastPadding;
        Absorb(state, last);

        var hash = new byte[Length];
        for (var i = 0; i < Length / sizeof(ulong); i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(hash.AsSpan(i * sizeof(ulong)), state[i]);
        }

        return hash;
    }

    private static void Absorb(Span<ulong> state, ReadOnlySpan<byte> block)
    {
        for (var i = 0; i < Rate / sizeof(ulong); i++)
        {
            state[i] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(i * sizeof(ulong))..]);
        }

        foreach (var constant in RoundConstants)
        {
            Theta(state);
            RhoAndPi(state);
            Chi(state);
            state[0] ^= constant;
        }
    }

    private static void Theta(Span<ulong> state)
    {
        Span<ulong> parity = stackalloc ulong[5];
        for (var x = 0; x < 5; x++)
        {
            parity[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
        }

        for (var i = 0; i < 25; i++)
        {
            state[i] ^= parity[(i + 4) % 5] ^ BitOperations.RotateLeft(parity[(i + 1) % 5], 1);
        }
    }

    private static void RhoAndPi(Span<ulong> state)
    {
        var moving = state[1];
        for (var i = 0; i < Lanes.Length; i++)
        {
            (moving, state[Lanes[i]]) = (state[Lanes[i]], BitOperations.RotateLeft(moving, Turns[i]));
        }
    }

    private static void Chi(Span<ulong> state)
    {
        for (var row = 0; row < 25; row += 5)
        {
            var (first, second) = (state[row], state[row + 1]);
            for (var x = 0; x < 3; x++)
            {
                state[row + x] ^= ~state[row + x + 1] & state[row + x + 2];
            }

            state[row + 3] ^= ~state[row + 4] & first;
            state[row + 4] ^= ~first & second;
        }
    }
}
