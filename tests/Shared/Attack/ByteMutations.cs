using System.Text;

namespace TfgridCompose.Tests.Shared.Attack;

/// <summary>Spoils bytes without knowing what they mean.</summary>
internal sealed class ByteMutations(Random random)
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    public byte[] Spoiled(byte[] seed) => seed.Length == 0 ? [0] : random.Next(9) switch
    {
        0 => seed[..random.Next(seed.Length)],
        1 => [.. ByteOrderMark, .. seed],
        2 => WithoutPiece(seed),
        3 => Overwritten(seed),
        4 => Inserted(seed),
        5 => Twice(seed),
        6 => [.. seed, .. Encoding.UTF8.GetBytes(HostileWords.Any(random))],
        _ => Flipped(seed, 0, seed.Length),
    };

    /// <summary>A few bits within a part.</summary>
    public byte[] Flipped(byte[] seed, int from, int to)
    {
        byte[] changed = [.. seed];
        for (int i = random.Next(1, 9); i > 0; i--)
        {
            changed[random.Next(Math.Max(0, from), Math.Min(to, changed.Length))] ^= (byte)(1 << random.Next(8));
        }

        return changed;
    }

    public byte[] Overwritten(byte[] seed)
    {
        byte[] changed = [.. seed];
        int at = random.Next(changed.Length);
        random.NextBytes(changed.AsSpan(at, Math.Min(random.Next(1, 64), changed.Length - at)));
        return changed;
    }

    public byte[] WithoutPiece(byte[] seed)
    {
        int at = random.Next(seed.Length);
        return [.. seed[..at], .. seed[Math.Min(seed.Length, at + random.Next(1, 200))..]];
    }

    private byte[] Inserted(byte[] seed)
    {
        int at = random.Next(seed.Length + 1);
        return [.. seed[..at], .. Encoding.UTF8.GetBytes(HostileWords.Any(random)), .. seed[at..]];
    }

    private byte[] Twice(byte[] seed)
    {
        int from = random.Next(seed.Length);
        byte[] piece = seed[from..Math.Min(seed.Length, from + random.Next(1, 400))];
        int at = random.Next(seed.Length);
        return [.. seed[..at], .. piece, .. seed[at..]];
    }
}
