using System.Security.Cryptography;

namespace TfgridCompose.Core.Records.Folders;

/// <summary>Ids of deployments: a letter, then letters and digits, so that they fit Terraform, the grid and file names alike.</summary>
public static class DeploymentId
{
    private const int Length = 9;
    private const int Longest = 40;

    public static string Create() =>
        RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 1)
        + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", Length - 1);

    /// <summary>Whether a text that others wrote (a tag on the grid, a file's line) can be an id: only then is it used in a path.</summary>
    public static bool IsOne(string text) =>
        text.Length is > 0 and <= Longest && char.IsAsciiLetterLower(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));
}
