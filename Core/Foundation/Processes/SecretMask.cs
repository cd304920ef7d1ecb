using System.Collections.Concurrent;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>Replaces known secrets in everything that is logged or shown.</summary>
public sealed class SecretMask
{
    /// <summary>What a secret is replaced with.</summary>
    public const string Masked = "***";

    private const int ShortestMasked = 4;
    private readonly ConcurrentDictionary<string, byte> _secrets = new(StringComparer.Ordinal);

    /// <summary>What is masked of a secret: its lines, because output comes in lines.</summary>
    public static IEnumerable<string> Lines(string secret) =>
        secret.Split('\n').Select(line => line.Trim()).Where(line => line.Length >= ShortestMasked);

    public void Add(string secret)
    {
        foreach (string line in Lines(secret))
        {
            _secrets.TryAdd(line, 0);
        }
    }

    public string Apply(string text)
    {
        foreach (string secret in _secrets.Keys.OrderByDescending(secret => secret.Length))
        {
            text = text.Replace(secret, Masked, StringComparison.Ordinal);
        }

        return text;
    }
}
