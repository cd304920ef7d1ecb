namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of the grid: nodes, capacity, the local grid's program.</summary>
public static class GridCodes
{
    public const string UnknownGrid = "TFC0271";
    public const string NodeUnknown = "TFC0272";
    public const string NodeHasNoRoom = "TFC0273";
    public const string NoNodeHasRoom = "TFC0274";
    public const string NoNodeNamed = "TFC0275";
    public const string NodeIsLeft = "TFC0276";
    public const string LocalGridMissing = "TFC0321";
    public const string LocalGridProblem = "TFC0322";
    public const string LocalGridToolMissing = "TFC0323";
    public const string GridUnreachable = "TFC0409";
    public const string TwinUnknown = "TFC0410";
    public const string OtherTwin = "TFC0411";
    public const string QueryFailed = "TFC0421";
    public const string ImageFailed = "TFC0422";
}
