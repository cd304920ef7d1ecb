namespace TfgridCompose.Core.Ansible;

/// <summary>Problems of the platform phase.</summary>
public static class AnsibleCodes
{
    public const string PlaybookFailed = "TFC0501";
}
