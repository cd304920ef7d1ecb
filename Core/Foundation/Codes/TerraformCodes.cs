namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of the infrastructure phase.</summary>
public static class TerraformCodes
{
    public const string InitFailed = "TFC0401";
    public const string PlanFailed = "TFC0402";
    public const string ApplyFailed = "TFC0403";
    public const string DestroyFailed = "TFC0404";
    public const string OutputsUnreadable = "TFC0405";
    public const string ContractViolated = "TFC0406";
    public const string LeftAfterDestroy = "TFC0407";
    public const string TransitionFailed = "TFC0408";
    public const string ErroredStateUnreadable = "TFC0415";
    public const string StatesUnreadable = "TFC0416";
    public const string ErroredStateRefused = "TFC0417";
    public const string WorkloadRefused = "TFC0418";
    public const string ProviderUnknown = "TFC0419";
}
