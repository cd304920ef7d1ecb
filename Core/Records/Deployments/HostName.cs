using TfgridCompose.Core.Foundation;

namespace TfgridCompose.Core.Records.Deployments;

/// <summary>The name of a machine. Patterns choose it; it becomes part of paths, arguments and Ansible's inventory.</summary>
internal static class HostName
{
    public const string Rule = "letters, digits, '_', '.' and '-', at most 63 of them, and neither '-' nor '.' first";
    private const int Longest = 63;

    public static bool IsOne(string? name) =>
        name is { Length: > 0 and <= Longest }
            && name[0] is not ('-' or '.')
            && Letters.AreAll(name, letter => char.IsLetterOrDigit(letter) || letter is '_' or '.' or '-');
}
