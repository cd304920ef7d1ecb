namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of an app's manifest.</summary>
public static class ManifestCodes
{
    public const string AppMissing = "TFC0201";
    public const string AppNotAFolder = "TFC0202";
    public const string FileMissing = "TFC0203";
    public const string FileUnreadable = "TFC0204";
    public const string FileTooLarge = "TFC0205";
    public const string YamlSyntax = "TFC0206";
    public const string DuplicateKey = "TFC0207";
    public const string ManyDocuments = "TFC0208";
    public const string FileEmpty = "TFC0209";
    public const string RootNotAMap = "TFC0210";
    public const string TooComplex = "TFC0211";
    public const string WrongType = "TFC0212";
    public const string NameMissing = "TFC0213";
    public const string NameInvalid = "TFC0214";
    public const string PatternMissing = "TFC0215";
    public const string PatternInvalid = "TFC0216";
    public const string PatternNotSupported = "TFC0217";
    public const string PathMissing = "TFC0218";
    public const string PathOutsideApp = "TFC0219";
    public const string PathNotAFile = "TFC0220";
    public const string NetworkInvalid = "TFC0221";
    public const string PreferNotProvisioned = "TFC0222";
    public const string PortInvalid = "TFC0223";
    public const string PortTwice = "TFC0224";
    public const string CheckInvalid = "TFC0225";
    public const string GridUnknown = "TFC0226";
    public const string SshKeyInvalid = "TFC0227";
    public const string CommandInvalid = "TFC0228";
    public const string UnknownKey = "TFC0229";
    public const string VariableInvalid = "TFC0230";
    public const string VariableTwice = "TFC0231";
    public const string CheckIgnored = "TFC0232";
    public const string ContextWithoutApp = "TFC0233";
    public const string PinIgnored = "TFC0234";
    public const string NewerManifest = "TFC0235";
    public const string StrategyUnknown = "TFC0236";
    public const string StateBackendUnknown = "TFC0245";
    public const string StateConfigInvalid = "TFC0246";
    public const string StateCredential = "TFC0247";
    public const string StateConfigMissing = "TFC0248";
}
