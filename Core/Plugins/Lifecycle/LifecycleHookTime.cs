namespace TfgridCompose.Core.Plugins.Lifecycle;

/// <summary>When a lifecycle hook runs.</summary>
public enum LifecycleHookTime
{
    Before,
    After,
}

public static class LifecycleHookTimes
{
    /// <summary>The word in a hook's file name.</summary>
    public static string Word(this LifecycleHookTime time) => time == LifecycleHookTime.Before ? "before" : "after";
}
