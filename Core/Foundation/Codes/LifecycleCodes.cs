namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of lifecycle plugins and their hooks.</summary>
public static class LifecycleCodes
{
    public const string PluginBroken = "TFC0860";
    public const string HookNotExecutable = "TFC0861";
    public const string HookUnknown = "TFC0862";
    public const string HookFailed = "TFC0863";
    public const string HookTimedOut = "TFC0864";
    public const string AfterHookFailed = "TFC0865";
}
