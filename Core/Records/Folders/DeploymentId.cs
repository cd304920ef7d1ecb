using System.Security.Cryptography;
using TfgridCompose.Core.Foundation;

namespace TfgridCompose.Core.Records.Folders;

/// <summary>
/// Ids of deployments: a letter, then letters and digits, so that they are valid in Terraform, on the grid and in file
/// names.
/// </summary>
public static class DeploymentId
{
    private const int Length = 9;
    private const int Longest = 40;

    public static string Create() =>
        RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 1)
        + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", Length - 1);

    /// <summary>
    /// Whether an untrusted string (a tag on the grid, a line of a file) is a valid id and may be used in a path.
    /// </summary>
    public static bool IsOne(string text) =>
        text.Length is > 0 and <= Longest
            && char.IsAsciiLetterLower(text[0])
            && Letters.AreAll(text, letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter));
}
