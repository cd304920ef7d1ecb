namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of choosing which phases run.</summary>
public static class PlanCodes
{
    public const string PhaseNeverDone = "TFC0721";
    public const string UnknownPhase = "TFC0722";
    public const string StateUnreadable = "TFC0723";
}
