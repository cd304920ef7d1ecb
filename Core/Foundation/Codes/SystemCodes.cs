namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>What the operating system refuses, whatever was being done.</summary>
public static class SystemCodes
{
    public const string ReadOnlyDisk = "TFC0332";
    public const string OutOfResources = "TFC0333";
    public const string Refused = "TFC0334";
    public const string CurrentFolderGone = "TFC0336";
    public const string ResultNotWritten = "TFC0337";
}
