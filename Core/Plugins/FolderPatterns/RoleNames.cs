using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>Reads names of declared roles from a tree.</summary>
internal sealed class RoleNames(TreeReader reader, IReadOnlyList<RoleSpec> roles)
{
    private readonly string[] _names = [.. roles.Select(role => role.Name)];

    /// <summary>The role that a key names, or the primary one if the key is absent. Null for an unknown role.</summary>
    public string? Of(LocatedMap map, string key) =>
        reader.Scalar(map, key) is { } scalar ? Known(scalar) : _names.FirstOrDefault();

    public IReadOnlyList<string> All(LocatedMap? map, string key) =>
        [.. reader.Words(map, key).Select(Known).OfType<string>()];

    private string? Known(LocatedScalar scalar)
    {
        if (_names.Contains(scalar.Text))
        {
            return scalar.Text;
        }

        reader.Error(
            FolderPatternCodes.ReferenceUnknown,
            $"There is no role {scalar.Kind}.",
            $"{Meant.Of(scalar.Text, _names)}The roles are {string.Join(", ", _names)}.",
            scalar.Location);
        return null;
    }
}
