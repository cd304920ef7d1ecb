namespace TfgridCompose.Core.Records.Folders;

/// <summary>A folder whose subfolders are plugins.</summary>
public sealed record PluginRoot(string Path, bool BuiltIn);
