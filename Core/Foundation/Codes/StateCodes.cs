namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of locks, of records and of finding a deployment.</summary>
public static class StateCodes
{
    public const string Locked = "TFC0701";
    public const string NotFound = "TFC0702";
    public const string Ambiguous = "TFC0703";
    public const string UnreadableRecord = "TFC0704";
    public const string NewerSchema = "TFC0705";
    public const string NoFreeRange = "TFC0706";
    public const string OtherGrid = "TFC0707";
    public const string LinkBlocked = "TFC0708";
    public const string NotRunning = "TFC0709";
    public const string BeingDestroyed = "TFC0710";
    public const string Renamed = "TFC0711";
    public const string LockLives = "TFC0713";
    public const string NoHostOfRole = "TFC0714";
    public const string ForeignRecord = "TFC0715";
    public const string ForeignState = "TFC0716";
    public const string StateLost = "TFC0717";
    public const string TrustUnreadable = "TFC0718";
    public const string NothingTrusted = "TFC0719";
    public const string StrayContracts = "TFC0720";
    public const string HomeUnwritable = "TFC0310";
    public const string DiskFull = "TFC0313";
}
