using TfgridCompose.Core.Foundation.Fingerprints;

namespace TfgridCompose.Core.Trust;

/// <summary>One thing of an app that acts on the user's computer.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its path as the manifest has it, or the backend's kind.</param>
/// <param name="Lines">Its most telling lines, for the person who is asked.</param>
/// <param name="Files">All that it consists of.</param>
public sealed record CodePart(CodeKind Kind, string Name, IReadOnlyList<string> Lines, IReadOnlyList<CodeFile> Files)
{
    /// <summary>SHA-256 of the name and of every file: what is agreed to.</summary>
    public string Content { get; } =
        Fingerprint.WholeOf([Kind.ToString(), Name, .. Files.SelectMany(file => new[] { file.Name, file.Stamp })]);
}
