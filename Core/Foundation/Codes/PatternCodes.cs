namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of plugins; <c>docs/diagnostics.md</c> lists them.</summary>
public static class PatternCodes
{
    public const string UnknownPattern = "TFC0801";
    public const string NoDescriptor = "TFC0802";
    public const string InvalidDescriptor = "TFC0803";
    public const string NoAssembly = "TFC0804";
    public const string ContractTooNew = "TFC0805";
    public const string ContractTooOld = "TFC0806";
    public const string NameTaken = "TFC0807";
    public const string DependencyMissing = "TFC0808";
    public const string AssemblyChanged = "TFC0809";
    public const string NotAnAssembly = "TFC0810";
    public const string NoExport = "TFC0811";
    public const string SeveralExports = "TFC0812";
    public const string NoMetadata = "TFC0813";
    public const string UnknownImport = "TFC0814";
    public const string NotCreated = "TFC0815";
    public const string DescriptorDiffers = "TFC0816";
    public const string MemberFailed = "TFC0817";
    public const string RootUnreadable = "TFC0818";
    public const string MemberHangs = "TFC0819";
    public const string NativeMismatch = "TFC0875";
    public const string PluginCrashed = "TFC0876";
    public const string NoFiles = "TFC0877";
    public const string Prints = "TFC0878";
}
