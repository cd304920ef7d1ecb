using System.Collections.Concurrent;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>Replaces known secrets in everything that is logged or shown.</summary>
public sealed class SecretMask
{
    private const int ShortestMasked = 4;
    private readonly ConcurrentDictionary<string, byte> _secrets = new(StringComparer.Ordinal);

    /// <summary>Multi-line secrets are masked line by line, because output comes in lines.</summary>
    public void Add(string secret)
    {
        foreach (string line in secret.Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.Length >= ShortestMasked))
        {
            _secrets.TryAdd(line, 0);
        }
    }

    public string Apply(string text)
    {
        foreach (string secret in _secrets.Keys.OrderByDescending(secret => secret.Length))
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        return text;
    }
}
