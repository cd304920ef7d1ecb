namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of a pattern's options in the manifest.</summary>
public static class OptionCodes
{
    public const string WrongType = "TFC0240";
    public const string OutOfRange = "TFC0241";
    public const string NotAllowed = "TFC0242";
    public const string SizeInvalid = "TFC0243";
    public const string DefaultInvalid = "TFC0244";
}
