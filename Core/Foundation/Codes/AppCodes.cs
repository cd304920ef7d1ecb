namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems with the app's files and hooks.</summary>
public static class AppCodes
{
    public const string CopyFailed = "TFC0511";
    public const string HookFailed = "TFC0512";
    public const string HookTimedOut = "TFC0513";
    public const string ConnectionLost = "TFC0514";
    public const string RolloutStepFailed = "TFC0515";
    public const string EnvFileLeftOut = "TFC0516";
    public const string SpecialFileLeftOut = "TFC0517";
    public const string FileNameNotUtf8 = "TFC0518";
    public const string CopyDiffers = "TFC0519";
    public const string HookBelowLink = "TFC0520";
    public const string FolderOutside = "TFC0521";
    public const string HookFirstLine = "TFC0522";
    public const string PlaybookLink = "TFC0523";
    public const string PlaybookLeft = "TFC0524";
}
