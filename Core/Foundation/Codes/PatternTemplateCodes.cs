namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of creating a new pattern; <c>docs/diagnostics.md</c> lists them.</summary>
public static class PatternTemplateCodes
{
    public const string NameUnusable = "TFC0870";
    public const string UnknownKind = "TFC0871";
    public const string FolderInUse = "TFC0872";
    public const string NotWritten = "TFC0873";
}
