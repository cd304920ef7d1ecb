using System.Security.Cryptography;
using System.Text;

namespace TfgridCompose.Core.Sharing.Places;

/// <summary>
/// The name of a deployment's two states in a backend: derived from app and name alone, so that another machine finds
/// them.
/// </summary>
public sealed record DeploymentKey(string App, string Name)
{
    private const int LongestSchema = 63;
    private const int LongestSecret = 40;
    private const string Prefix = "tfgrid-compose";

    /// <summary><c>tfgrid-compose/app/name</c>: a folder in backends that have them.</summary>
    public string Folder => $"{Prefix}/{Segment(App)}/{Segment(Name)}";

    /// <summary>
    /// One word, for backends whose names cannot have a slash. The dot is unambiguous: app and name cannot have one.
    /// </summary>
    public string Word => $"{Prefix}.{Segment(App)}.{Segment(Name)}";

    /// <summary>A PostgreSQL schema: at most 63 bytes, the record's suffix counted.</summary>
    public string Schema(string suffix) =>
        Folder.Length + suffix.Length <= LongestSchema ? Folder + suffix : $"{Prefix}/{Hash(Folder)}{suffix}";

    /// <summary>A Kubernetes name: lower-case letters, digits and dashes.</summary>
    public string SecretSuffix
    {
        get
        {
            string slug =
                new([.. $"{App}-{Name}".ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
            string start = slug[..Math.Min(slug.Length, LongestSecret - 13)].Trim('-');
            return $"tfc-{start}-{Hash(Folder)[..8]}";
        }
    }

    // Replaces all characters but letters, digits, dashes and underscores; a hash then keeps names distinct.
    private static string Segment(string text)
    {
        string safe = new([.. text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-')]);
        return safe == text && text.Length > 0 ? text : $"{safe}~{Hash(text)[..8]}";
    }

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
