using System.Text.RegularExpressions;

namespace TfgridCompose.Core.Manifests;

/// <summary>Names that a POSIX shell takes for variables.</summary>
public static partial class VariableName
{
    private static readonly string[] s_reserved = ["UID", "EUID", "PPID", "SHELLOPTS", "BASHOPTS", "BASH_VERSINFO"];

    public static bool IsValid(string name) => NamePattern().IsMatch(name);

    /// <summary>bash ends at an assignment to one of these, which it holds readonly.</summary>
    public static bool IsReserved(string name) => s_reserved.Contains(name);

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex NamePattern();
}
