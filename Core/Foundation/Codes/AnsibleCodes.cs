namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of the platform phase.</summary>
public static class AnsibleCodes
{
    public const string PlaybookFailed = "TFC0501";
}
