namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of the application phase.</summary>
public static class AppCodes
{
    public const string CopyFailed = "TFC0511";
    public const string HookFailed = "TFC0512";
    public const string HookTimedOut = "TFC0513";
    public const string ConnectionLost = "TFC0514";
    public const string RolloutStepFailed = "TFC0515";
}
