namespace TfgridCompose.Core.Trust;

/// <summary>An app whose code may run here, part by part.</summary>
/// <param name="Folder">Its folder, without links.</param>
/// <param name="Parts">At most one of each kind: what was agreed to last.</param>
public sealed record TrustedApp(string Folder, IReadOnlyList<TrustedPart> Parts)
{
    public TrustedPart? Of(CodeKind kind) => Parts.FirstOrDefault(part => part.Kind == kind);

    /// <summary>The app with newly agreed parts, which replace earlier ones of their kind.</summary>
    public TrustedApp With(IEnumerable<TrustedPart> agreed)
    {
        TrustedPart[] now = [.. agreed];
        return this with
        {
            Parts = [.. Parts.Where(part => now.All(each => each.Kind != part.Kind)).Concat(now).OrderBy(part => part.Kind)],
        };
    }
}
