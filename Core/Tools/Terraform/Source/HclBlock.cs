namespace TfgridCompose.Core.Tools.Terraform.Source;

/// <summary>A block of a .tf file: <c>variable "cpu" { ... }</c>.</summary>
/// <param name="Type">Its first word.</param>
/// <param name="Labels">The words or strings before its brace.</param>
/// <param name="Offset">Its offset in the file.</param>
internal sealed record HclBlock(string Type, IReadOnlyList<string> Labels, int Offset)
{
    /// <summary>The tokens of each attribute's expression.</summary>
    public Dictionary<string, IReadOnlyList<HclToken>> Attributes { get; } = new(StringComparer.Ordinal);

    public List<HclBlock> Blocks { get; } = [];
}
