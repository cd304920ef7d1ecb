using System.Text.RegularExpressions;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>The app's name, its grid and its SSH keys.</summary>
internal static partial class IdentityReader
{
    private const int LongestName = 40;

    public static string NameRule =>
        $"Use letters, digits, '-' and '_', starting with a letter or digit, at most {LongestName} characters.";

    public static string? Name(LocatedMap root, TreeReader reader)
    {
        if (root.Entry("name") is null)
        {
            reader.Error(
                ManifestCodes.NameMissing,
                "The manifest has no name.",
                "Add a line like 'name: my-app'.",
                root.Location);
            return null;
        }

        LocatedScalar? name = reader.Scalar(root, "name");
        if (name is null || IsName(name.Text))
        {
            return name?.Text;
        }

        reader.Error(
            ManifestCodes.NameInvalid, $"The name {name.Kind} cannot be used on the grid.",
            NameRule,
            name.Location);
        return null;
    }

    /// <summary>Whether a deployment can be made with this name, which <c>--name</c> may also give.</summary>
    public static bool IsName(string text) => text.Length <= LongestName && NamePattern().IsMatch(text);

    public static string? Grid(LocatedMap root, TreeReader reader)
    {
        LocatedScalar? grid = reader.Scalar(root, "grid");
        if (grid is null || GridNames.All.Contains(grid.Text))
        {
            return grid?.Text;
        }

        reader.Error(
            ManifestCodes.GridUnknown, $"There is no grid {grid.Kind}.",
            $"{Meant.Of(grid.Text, GridNames.All)}The grids are {string.Join(", ", GridNames.All)}.", grid.Location);
        return null;
    }

    public static IReadOnlyList<string> SshKeys(LocatedMap root, TreeReader reader)
    {
        var keys = new List<string>();
        foreach (LocatedNode item in reader.Items(root, "ssh_keys"))
        {
            if (item is LocatedScalar scalar && SshKeyPattern().IsMatch(scalar.Text.Trim()))
            {
                keys.Add(scalar.Text.Trim());
            }
            else
            {
                reader.Error(
                    ManifestCodes.SshKeyInvalid, $"{item.Kind} is not a public SSH key.",
                    "Write the one line of a .pub file, for example 'ssh-ed25519 AAAA... me@host'.", item.Location);
            }
        }

        return keys;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]*\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^(ssh-|ecdsa-|sk-)[a-z0-9@.-]+ [A-Za-z0-9+/]+=*( [^\r\n]*)?\z")]
    private static partial Regex SshKeyPattern();
}
