namespace TfgridCompose.Core.Manifests.Values;

/// <summary>Tells by its name that a variable holds a secret; manifests often leave <c>secret: true</c> out.</summary>
internal static class SecretNames
{
    private static readonly string[] s_marks =
        ["PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "TOKEN", "API_KEY", "APIKEY", "PRIVATE_KEY", "ACCESS_KEY", "CREDENTIAL", "MNEMONIC"];

    public static bool Contains(string name) => s_marks.Any(mark => name.Contains(mark, StringComparison.OrdinalIgnoreCase));
}
