namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of state that several machines share, and of its backups.</summary>
public static class SharedStateCodes
{
    public const string NotAttached = "TFC0740";
    public const string HeldElsewhere = "TFC0741";
    public const string BackendChanged = "TFC0742";
    public const string OtherDeployment = "TFC0743";
    public const string RecordGone = "TFC0744";
    public const string TerraformLocked = "TFC0745";
    public const string TunnelElsewhere = "TFC0746";
    public const string NoKeyForMachines = "TFC0747";
    public const string BackendFailed = "TFC0748";
    public const string LocalCopyUsed = "TFC0749";
    public const string ChangedMeanwhile = "TFC0750";
    public const string TargetNotEmpty = "TFC0751";
    public const string NothingToAttach = "TFC0752";
    public const string NoSuchBackup = "TFC0753";
    public const string NotAState = "TFC0754";
    public const string DestroyedElsewhere = "TFC0755";
    public const string NotPublished = "TFC0756";
    public const string NothingToMigrate = "TFC0757";
    public const string NewerRecord = "TFC0758";
    public const string NotShared = "TFC0759";
}
