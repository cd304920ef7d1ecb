namespace TfgridCompose.DescriptorWriter;

/// <summary>A defect that fails the pattern's build. MSBuild reads the printed line as an error of its own.</summary>
internal sealed record BuildError(string Code, string Message)
{
    public const string NoExport = "TFCP001";
    public const string SeveralExports = "TFCP002";
    public const string Metadata = "TFCP003";
    public const string IdDiffers = "TFCP004";
    public const string NoMainFile = "TFCP005";
    public const string NoOutput = "TFCP006";

    // TFCP007 is in the targets: only MSBuild knows the references.
    public const string NotLoadable = "TFCP008";
    public const string VersionDiffers = "TFCP009";

    public string For(string project) => $"{project} : error {Code}: {Message.ReplaceLineEndings(" ")}";
}
