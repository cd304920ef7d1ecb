using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Tools.Terraform.Source;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>A <c>variable</c> or <c>output</c> block of a root module.</summary>
/// <param name="Kind"><c>variable</c> or <c>output</c>.</param>
/// <param name="Name">Its label.</param>
/// <param name="HasDefault">Whether it sets <c>default</c>.</param>
/// <param name="Location">Its start.</param>
internal sealed record TerraformBlock(string Kind, string Name, bool HasDefault, SourceLocation Location)
{
    /// <summary>The blocks of one file. Terraform itself reports any errors in it.</summary>
    public static IReadOnlyList<TerraformBlock> Of(string text, string file) =>
    [
        .. HclParser.Parse(text)
            .Where(block => block is { Type: "variable" or "output", Labels.Count: > 0 })
            .Select(block => new TerraformBlock(
                block.Type,
                block.Labels[0],
                block.Attributes.ContainsKey("default"),
                LocationOf(block.Offset, text, file))),
    ];

    private static SourceLocation LocationOf(int index, string text, string file)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, index);
        return new SourceLocation(file, before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }
}
