namespace TfgridCompose.Core.Trust;

/// <summary>What is asked before code of an app acts here.</summary>
/// <param name="Code">The app, and the parts of it that are not agreed to.</param>
/// <param name="Before">What was agreed to of this app before, or null.</param>
public sealed record TrustQuestion(AppCode Code, TrustedApp? Before)
{
    /// <summary>What differs from the part that was agreed to before; empty if there was none.</summary>
    public IReadOnlyList<string> ChangesOf(CodePart part) => Before?.Of(part.Kind)?.ChangesTo(part) ?? [];
}
