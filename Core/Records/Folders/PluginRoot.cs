namespace TfgridCompose.Core.Records.Folders;

/// <summary>A folder whose sub-folders are plugins.</summary>
public sealed record PluginRoot(string Path, bool BuiltIn);
