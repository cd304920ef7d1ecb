using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Manifests.Values;

namespace TfgridCompose.Core.Tools.Grid;

/// <summary>The secret words of the wallet. They go to Terraform's environment and nowhere else.</summary>
public static class Mnemonic
{
    private const string Variable = "TF_VAR_mnemonic";

    /// <summary>
    /// From the variable, else the standard file, else the project's; null with a diagnostic if there is none.
    /// </summary>
    public static (SecretText? Words, Diagnostic? Problem) Find(
        IReadOnlyDictionary<string, string> environment, string userHome, string currentFolder)
    {
        if (environment.GetValueOrDefault(Variable) is { Length: > 0 } words)
        {
            return (new SecretText(words.Trim()), null);
        }

        string[] files =
        [
            Path.Combine(userHome, ".config", "threefold", "mnemonic"),
            Path.Combine(currentFolder, ".tfgrid-mnemonic"),
        ];
        return files.FirstOrDefault(File.Exists) is { } file
            ? FromFile(file)
            : (null, None($"there is none in ${Variable}, {files[0]} or {files[1]}", files[0]));
    }

    private static (SecretText? Words, Diagnostic? Problem) FromFile(string file)
    {
        const UnixFileMode Others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Diagnostic? readable = (File.GetUnixFileMode(file) & Others) == 0 ? null : Diagnostic.Warning(
            PhaseCodes.MnemonicReadableByOthers,
            $"{file} holds your mnemonic and its mode is not 0600.",
            $"chmod 600 {file}");
        try
        {
            string words = PlainFile.ReadText(file).Trim();
            return words.Length > 0 ? (new SecretText(words), readable) : (null, None($"{file} is empty", file));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (null, None($"{file} cannot be read: {problem.Message}", file));
        }
    }

    private static Diagnostic None(string why, string file) => Diagnostic.Error(
        PhaseCodes.NoMnemonic,
        $"A paid grid needs your mnemonic, and {why}.",
        $"put it into {file} (chmod 600), or try without money: --grid local");
}
