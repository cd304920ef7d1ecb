namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of choosing and agreeing to what runs.</summary>
public static class PlanCodes
{
    public const string PhaseNeverDone = "TFC0721";
    public const string UnknownPhase = "TFC0722";
    public const string StateUnreadable = "TFC0723";
}
