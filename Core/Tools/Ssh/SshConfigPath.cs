using TfgridCompose.Core.Foundation;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>
/// A path as the value of an ssh option. As in its configuration file, ssh splits values at spaces and replaces words that
/// begin with a percent sign.
/// </summary>
internal static class SshConfigPath
{
    public static string Of(string path) => Letters.AreAll(path, IsPlain)
        ? path
        : $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("%", "%%", StringComparison.Ordinal)}\"";

    private static bool IsPlain(char letter) => !char.IsWhiteSpace(letter) && letter is not ('"' or '\'' or '\\' or '#' or '%');
}
