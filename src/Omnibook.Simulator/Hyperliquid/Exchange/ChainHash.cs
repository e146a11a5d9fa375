using System.Buffers.Binary;
using System.Numerics;

namespace Omnibook.Simulator.Hyperliquid.Exchange;

/// <summary>The hash of the chain: Keccak with 256 bits and the padding of before SHA-3. https://keccak.team/keccak_specs_summary.html</summary>
internal static class ChainHash
{
    private const int Rate = 136;
    private const int Lanes = 25;
    private const int Rounds = 24;

    /// <summary>The 32 bytes of some bytes.</summary>
    public static byte[] Of(params ReadOnlySpan<byte> message)
    {
        Span<ulong> state = stackalloc ulong[Lanes];
        Span<byte> block = stackalloc byte[Rate];
        var rest = message;
        for (; rest.Length >= Rate; rest = rest[Rate..])
        {
            Absorb(state, rest[..Rate]);
        }

        block.Clear();
        rest.CopyTo(block);
        block[rest.Length] = 0x01;
        block[^1] |= 0x80;
        Absorb(state, block);
        var hash = new byte[32];
        for (var lane = 0; lane < 4; lane++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(hash.AsSpan(lane * 8), state[lane]);
        }

        return hash;
    }

    private static void Absorb(Span<ulong> state, ReadOnlySpan<byte> block)
    {
        for (var lane = 0; lane < Rate / 8; lane++)
        {
            state[lane] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(lane * 8)..]);
        }

        byte register = 1;
        for (var round = 0; round < Rounds; round++)
        {
            MixColumns(state);
            TurnAndMove(state);
            MixRows(state);
            state[0] ^= RoundConstant(ref register);
        }
    }

    /// <summary>θ: each bit takes in the parity of two columns.</summary>
    private static void MixColumns(Span<ulong> state)
    {
        Span<ulong> parity = stackalloc ulong[5];
        for (var x = 0; x < 5; x++)
        {
            parity[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
        }

        for (var lane = 0; lane < Lanes; lane++)
        {
            state[lane] ^= parity[(lane + 4) % 5] ^ BitOperations.RotateLeft(parity[(lane + 1) % 5], 1);
        }
    }

    /// <summary>ρ and π: lanes are turned by triangular numbers along one path through all of them.</summary>
    private static void TurnAndMove(Span<ulong> state)
    {
        var (x, y, carried) = (1, 0, state[1]);
        for (var step = 0; step < Lanes - 1; step++)
        {
            (x, y) = (y, (2 * x + 3 * y) % 5);
            var turned = BitOperations.RotateLeft(carried, (step + 1) * (step + 2) / 2);
            (carried, state[x + 5 * y]) = (state[x + 5 * y], turned);
        }
    }

    /// <summary>χ: the one step that is not linear.</summary>
    private static void MixRows(Span<ulong> state)
    {
        Span<ulong> row = stackalloc ulong[5];
        for (var start = 0; start < Lanes; start += 5)
        {
            state.Slice(start, 5).CopyTo(row);
            for (var x = 0; x < 5; x++)
            {
                state[start + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
            }
        }
    }

    /// <summary>ι: the constants are bits of a shift register over x⁸ + x⁶ + x⁵ + x⁴ + 1.</summary>
    private static ulong RoundConstant(ref byte register)
    {
        var constant = 0UL;
        for (var power = 0; power <= 6; power++)
        {
            if ((register & 1) != 0)
            {
                constant |= 1UL << ((1 << power) - 1);
            }

            register = (byte)((register << 1) ^ ((register >> 7) * 0x71));
        }

        return constant;
    }
}
