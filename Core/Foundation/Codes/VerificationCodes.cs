namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of the verify phase.</summary>
public static class VerificationCodes
{
    public const string CheckFailed = "TFC0611";
}
