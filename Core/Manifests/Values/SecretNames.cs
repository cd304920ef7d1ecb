namespace TfgridCompose.Core.Manifests.Values;

/// <summary>Recognizes secrets by the variable's name, because manifests often omit <c>secret: true</c>.</summary>
internal static class SecretNames
{
    private static readonly string[] Marks =
        [
            "PASSWORD",
            "PASSWD",
            "PASSPHRASE",
            "SECRET",
            "TOKEN",
            "API_KEY",
            "APIKEY",
            "PRIVATE_KEY",
            "ACCESS_KEY",
            "CREDENTIAL",
            "MNEMONIC",
        ];

    public static bool Contains(string name) =>
        Marks.Any(mark => name.Contains(mark, StringComparison.OrdinalIgnoreCase));
}
