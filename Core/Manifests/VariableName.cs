using System.Text.RegularExpressions;

namespace TfgridCompose.Core.Manifests;

/// <summary>Names that a POSIX shell accepts for variables.</summary>
public static partial class VariableName
{
    private static readonly string[] Reserved = ["UID", "EUID", "PPID", "SHELLOPTS", "BASHOPTS", "BASH_VERSINFO"];

    public static bool IsValid(string name) => NamePattern().IsMatch(name);

    /// <summary>Readonly in bash, which exits on an assignment to one of them.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name);

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex NamePattern();
}
