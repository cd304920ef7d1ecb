namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of <c>patterns test</c> itself; what a check finds is in its result.</summary>
public static class ConformanceCodes
{
    public const string NothingToTest = "TFC0850";
    public const string SampleUnusable = "TFC0851";
    public const string UnknownCheck = "TFC0852";
    public const string DeploymentStands = "TFC0853";
    public const string KeyFailed = "TFC0854";
    public const string CopyFailed = "TFC0855";
}
