using Microsoft.CodeAnalysis;
using TfgridCompose.Mutants.Faults;

namespace TfgridCompose.Mutants.Planting;

/// <summary>A line of a file with all faults that could begin on it.</summary>
internal sealed record CodeLine(ProductProject Project, SyntaxTree Tree, int Number, IReadOnlyList<Candidate> Candidates);
