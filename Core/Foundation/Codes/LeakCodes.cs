namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of contracts and files left behind by a deployment.</summary>
public static class LeakCodes
{
    public const string StateUnreadable = "TFC0412";
    public const string LeftOnMachine = "TFC0413";
    public const string LeftAfterCleaning = "TFC0414";
    public const string ContractsInDoubt = "TFC0731";
    public const string EndUnverified = "TFC0732";
    public const string NotListed = "TFC0733";
    public const string MachineUnseen = "TFC0734";
}
