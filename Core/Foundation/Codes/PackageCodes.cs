namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of installing, updating, removing and pinning pattern packages.</summary>
public static class PackageCodes
{
    public const string BadPackageId = "TFC0820";
    public const string BadVersion = "TFC0821";
    public const string BadSource = "TFC0822";
    public const string BadFingerprint = "TFC0823";
    public const string SourceFailed = "TFC0824";
    public const string NotFound = "TFC0825";
    public const string NotAPattern = "TFC0826";
    public const string Damaged = "TFC0827";
    public const string TooLarge = "TFC0828";
    public const string UnsafeEntry = "TFC0829";
    public const string OtherHash = "TFC0830";
    public const string SignatureInvalid = "TFC0831";
    public const string AuthorNotTrusted = "TFC0832";
    public const string NameOwned = "TFC0833";
    public const string AssemblyDiffers = "TFC0834";
    public const string LockUnreadable = "TFC0835";
    public const string NotInstalled = "TFC0836";
    public const string OtherVersion = "TFC0837";
    public const string NotFromPackage = "TFC0838";
    public const string NotWritten = "TFC0839";
    public const string SeveralSources = "TFC0880";
    public const string SourceNotMapped = "TFC0881";
}
