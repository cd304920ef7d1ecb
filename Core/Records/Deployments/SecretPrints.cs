using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Records.Deployments;

/// <summary>
/// Masks the values of secret variables in what a machine prints later, when the values are no longer known: the record holds
/// only their prints. Replaced values stay masked, because logs still show them.
/// </summary>
public sealed class SecretPrints
{
    // At most this many prints of replaced values are kept. Those of current values are all kept, and do not count.
    private const int MostFormer = 512;
    private const int HashBytes = 16;
    private const int ComparedDigits = 16;
    private const int UsualBytes = 1024;

    private readonly byte[] _seed;

    // The first half of each print: comparing numbers costs less than comparing text, at each place of a line.
    private readonly HashSet<ulong> _hashes;
    private readonly int[] _lengths;

    private SecretPrints(DeploymentRecord record)
    {
        _seed = Encoding.UTF8.GetBytes(record.Seed);
        _hashes = [];
        foreach (SecretPrint print in record.SecretPrints)
        {
            if (print.Hash.Length >= ComparedDigits
                && ulong.TryParse(print.Hash.AsSpan(0, ComparedDigits), NumberStyles.AllowHexSpecifier, null, out ulong start))
            {
                _hashes.Add(start);
            }
        }

        // Longest first: a short secret may be part of a long one.
        _lengths = [.. record.SecretPrints.Select(print => print.Length).Distinct().OrderDescending()];
    }

    public static SecretPrints Of(DeploymentRecord record) => new(record);

    /// <summary>The record's prints with those of these secrets, the newest last.</summary>
    public static IReadOnlyList<SecretPrint> With(DeploymentRecord record, IEnumerable<string> secrets)
    {
        byte[] seed = Encoding.UTF8.GetBytes(record.Seed);
        SecretPrint[] now =
        [
            .. secrets.SelectMany(SecretForms.ToKeep)
                .Select(form => new SecretPrint(form.Length, PrintOf(seed, form)))
                .Distinct(),
        ];

        return
        [
            .. record.SecretPrints.Except(now).TakeLast(MostFormer),
            .. record.SecretPrints.Intersect(now),
            .. now.Except(record.SecretPrints),
        ];
    }

    /// <summary>The line with every secret replaced, WireGuard keys included.</summary>
    public string Mask(string line)
    {
        foreach (int length in _lengths)
        {
            for (int start = 0; start + length <= line.Length; start++)
            {
                if (IsSecret(line, start, length))
                {
                    line = $"{line[..start]}{SecretMask.Masked}{line[(start + length)..]}";
                    start += SecretMask.Masked.Length - 1;
                }
            }
        }

        return WrittenKeys.Mask(line);
    }

    /// <summary>Where an unfinished line may be cut without cutting a secret in two.</summary>
    public int CutOf(string line)
    {
        // A secret that begins before this place also ends within the line.
        int longest = _lengths is [var first, ..] && first < line.Length ? first : 1;
        int cut = WrittenKeys.CutOf(line, line.Length - longest + 1);
        for (int start = Math.Max(0, cut - longest + 1); start < cut; start++)
        {
            foreach (int length in _lengths)
            {
                if (start + length > cut && start + length <= line.Length && IsSecret(line, start, length))
                {
                    return start > 0 ? start : line.Length;
                }
            }
        }

        return cut > 0 ? cut : line.Length;
    }

    // No form of a secret begins or ends with a space.
    private bool IsSecret(string line, int start, int length) =>
        line[start] != ' '
            && line[start + length - 1] != ' '
            && SecretForms.IsMeant(line, start, length)
            && _hashes.Contains(StartOf(line.AsSpan(start, length)));

    private ulong StartOf(ReadOnlySpan<char> form)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(_seed, form, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    private static string PrintOf(byte[] seed, string form)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(seed, form, hash);
        return Convert.ToHexStringLower(hash[..HashBytes]);
    }

    private static void Hash(byte[] seed, ReadOnlySpan<char> form, Span<byte> hash)
    {
        int most = seed.Length + Encoding.UTF8.GetMaxByteCount(form.Length);
        Span<byte> input = most <= UsualBytes ? stackalloc byte[UsualBytes] : new byte[most];
        seed.CopyTo(input);
        int length = seed.Length + Encoding.UTF8.GetBytes(form, input[seed.Length..]);
        SHA256.HashData(input[..length], hash);
    }
}
