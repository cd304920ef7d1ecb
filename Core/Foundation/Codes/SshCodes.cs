namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of SSH keys and of waiting for machines.</summary>
public static class SshCodes
{
    public const string NoKey = "TFC0311";
    public const string KeyUnreadable = "TFC0312";
    public const string WaitTimedOut = "TFC0601";
    public const string HostKeyChanged = "TFC0602";
}
