namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of reaching the machines.</summary>
public static class NetworkCodes
{
    public const string NoWireguardConfig = "TFC0441";
    public const string WireguardConfigBroken = "TFC0442";
    public const string WireguardUpFailed = "TFC0443";
    public const string WireguardDownFailed = "TFC0444";
    public const string NoFreeInterface = "TFC0445";
    public const string PrivilegeRefused = "TFC0331";
}
