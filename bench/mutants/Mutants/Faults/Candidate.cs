using Microsoft.CodeAnalysis.Text;

namespace TfgridCompose.Mutants.Faults;

/// <summary>
/// A place where a fault can be planted. <see cref="Text"/> replaces <see cref="Span"/>, with <see cref="Switch"/>
/// where the fault is asked for.
/// </summary>
internal sealed record Candidate(string Kind, TextSpan Span, string Text, string Original, string Changed)
{
    /// <summary>Stands in <see cref="Text"/> for the call that says whether the fault is on.</summary>
    public const char Switch = '\u0001';
}
