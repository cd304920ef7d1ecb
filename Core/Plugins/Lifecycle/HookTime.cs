namespace TfgridCompose.Core.Plugins.Lifecycle;

/// <summary>When a lifecycle hook runs.</summary>
public enum HookTime
{
    Before,
    After,
}

public static class HookTimes
{
    /// <summary>As it stands in a hook's file name.</summary>
    public static string Word(this HookTime time) => time == HookTime.Before ? "before" : "after";
}
