namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems that the validate phase finds before anything is created.</summary>
public static class PhaseCodes
{
    public const string NoTerraform = "TFC0301";
    public const string NoAnsible = "TFC0302";
    public const string NoSsh = "TFC0303";
    public const string NoWireguard = "TFC0304";
    public const string NoMycelium = "TFC0305";
    public const string NoSudo = "TFC0306";
    public const string NoMnemonic = "TFC0307";
    public const string MnemonicReadableByOthers = "TFC0308";
    public const string NotTrusted = "TFC0318";
    public const string ChangedMeanwhile = "TFC0319";
    public const string NotOnThisSystem = "TFC0309";
    public const string TopologyImpossible = "TFC0251";
    public const string AppFileUnreadable = "TFC0252";
}
