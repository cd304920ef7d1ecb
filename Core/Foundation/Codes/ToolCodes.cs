namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Codes of problems with any program that is run.</summary>
public static class ToolCodes
{
    public const string OutputTooLong = "TFC0317";
    public const string OutputUnreadable = "TFC0335";
}
