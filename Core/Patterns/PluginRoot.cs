namespace TfgridCompose.Core.Patterns;

/// <summary>A folder whose sub-folders are plugins.</summary>
public sealed record PluginRoot(string Path, bool BuiltIn);
