namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>
/// Problems of patterns made of a <c>pattern.yaml</c> and files; <c>docs/diagnostics.md</c> lists them.
/// </summary>
public static class FolderPatternCodes
{
    public const string ValueInvalid = "TFC0840";
    public const string KeyMissing = "TFC0841";
    public const string ReferenceUnknown = "TFC0842";
    public const string VariableNotMapped = "TFC0843";
    public const string VariableNotDeclared = "TFC0844";
    public const string NoMainFile = "TFC0845";
    public const string OutputMissing = "TFC0846";
    public const string FileRefused = "TFC0847";
    public const string FolderMissing = "TFC0848";
    public const string NotPackable = "TFC0849";
}
