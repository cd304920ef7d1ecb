using System.Security.Cryptography;
using System.Text;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Records.Deployments;

/// <summary>
/// Masks the values of secret variables in what a machine prints later, when nobody knows them any more: values are not
/// remembered, so the record has only prints of them. Values that were replaced stay masked: logs still show them.
/// </summary>
public sealed class SecretPrints
{
    private const int MostKept = 256;
    private const int HashBytes = 16;

    private readonly byte[] _seed;
    private readonly HashSet<string> _hashes;
    private readonly int[] _lengths;

    private SecretPrints(DeploymentRecord record)
    {
        _seed = Encoding.UTF8.GetBytes(record.Seed);
        _hashes = record.SecretPrints.Select(print => print.Hash).ToHashSet(StringComparer.Ordinal);
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
            .. secrets.SelectMany(SecretForms.Of)
                .Select(line => new SecretPrint(line.Length, Hash(seed, line)))
                .Distinct(),
        ];

        // The present ones stay, however many there are.
        return
        [
            .. record.SecretPrints.Except(now).TakeLast(Math.Max(0, MostKept - now.Length)),
            .. record.SecretPrints.Intersect(now),
            .. now.Except(record.SecretPrints),
        ];
    }

    /// <summary>The line with every secret replaced.</summary>
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

        return line;
    }

    /// <summary>Where a line that goes on may be cut: not within a secret.</summary>
    public int CutOf(string line)
    {
        if (_lengths is not [var longest, ..] || longest >= line.Length)
        {
            return line.Length;
        }

        // What begins before this place ends within the line.
        int cut = line.Length - longest + 1;
        for (int start = cut - longest + 1; start < cut; start++)
        {
            foreach (int length in _lengths)
            {
                if (start >= 0 && start + length > cut && IsSecret(line, start, length))
                {
                    return start > 0 ? start : line.Length;
                }
            }
        }

        return cut;
    }

    private bool IsSecret(string line, int start, int length) =>
        SecretForms.IsMeant(line, start, length) && _hashes.Contains(Hash(_seed, line.AsSpan(start, length)));

    private static string Hash(byte[] seed, ReadOnlySpan<char> text)
    {
        byte[] input = new byte[seed.Length + Encoding.UTF8.GetByteCount(text)];
        seed.CopyTo(input, 0);
        Encoding.UTF8.GetBytes(text, input.AsSpan(seed.Length));
        return Convert.ToHexStringLower(SHA256.HashData(input).AsSpan(0, HashBytes));
    }
}
