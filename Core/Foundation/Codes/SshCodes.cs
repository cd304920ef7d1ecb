namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of SSH keys and of waiting for machines.</summary>
public static class SshCodes
{
    public const string NoKey = "TFC0311";
    public const string KeyUnreadable = "TFC0312";
    public const string KeyLocked = "TFC0314";
    public const string KeyOpenToOthers = "TFC0315";
    public const string KeyAbsent = "TFC0316";
    public const string WaitTimedOut = "TFC0601";
    public const string HostKeyChanged = "TFC0602";
    public const string LoginRefused = "TFC0603";
}
