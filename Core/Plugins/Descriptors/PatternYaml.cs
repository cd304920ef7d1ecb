namespace TfgridCompose.Core.Plugins.Descriptors;

/// <summary>The file that makes a folder a pattern.</summary>
public static class PatternYaml
{
    public const string FileName = "pattern.yaml";

    public const string DefaultContract = "1.0";

    public const string InfrastructureFolder = "infrastructure";

    public const string PlatformFolder = "platform";

    public const string MainFile = $"{InfrastructureFolder}/main.tf";
}
