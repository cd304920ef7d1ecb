using System.Text.RegularExpressions;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>
/// Reads <c>provider_version: 1.11.1</c>, or <c>provider_version: {main: ">= 1.11, < 2", dev: 1.11.2-dev}</c> for each grid.
/// </summary>
internal static partial class ProviderVersionReader
{
    // https://developer.hashicorp.com/terraform/language/expressions/version-constraints
    private const string One = @"(=|!=|>|>=|<|<=|~>)? ?\d+(\.\d+){0,2}(-[0-9A-Za-z.-]+)?";
    public const string Key = "provider_version";

    private const int Longest = 100;

    /// <summary>Constraints by grid; a single one is stored under the empty name.</summary>
    public static IReadOnlyDictionary<string, string> Read(LocatedMap root, TreeReader reader)
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.Entry(Key)?.Value is LocatedMap grids)
        {
            ClosedKeys.Check(grids, GridNames.All, reader);
            foreach (LocatedEntry entry in grids.Entries.Where(entry => GridNames.All.Contains(entry.Key)))
            {
                Add(versions, entry.Key, reader.Scalar(grids, entry.Key), reader);
            }
        }
        else if (root.Entry(Key) is not null)
        {
            Add(versions, "", reader.Scalar(root, Key), reader);
        }

        return versions;
    }

    private static void Add(Dictionary<string, string> versions, string grid, LocatedScalar? constraint, TreeReader reader)
    {
        if (constraint is null)
        {
            return;
        }

        if (constraint.Text.Length <= Longest && Constraint().IsMatch(constraint.Text))
        {
            versions[grid] = constraint.Text;
        }
        else
        {
            reader.WrongType(Key, "a version of the provider, such as 1.11.1 or '>= 1.11, < 2'", constraint);
        }
    }

    [GeneratedRegex(@"\A" + One + "(, ?" + One + @")*\z")]
    private static partial Regex Constraint();
}
