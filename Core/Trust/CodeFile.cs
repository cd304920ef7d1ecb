namespace TfgridCompose.Core.Trust;

/// <summary>A file, or another value, of which code consists.</summary>
/// <param name="Name">Its path.</param>
/// <param name="Stamp">Changes with everything about it that matters: content, mode, a link's target.</param>
public sealed record CodeFile(string Name, string Stamp);
