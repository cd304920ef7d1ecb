using System.Reflection;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Cli.Terminal;

internal static class Product
{
    public const string Name = "tfgrid-compose";

    public static string Version => Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0.0.0";

    public static string VersionLine => $"{Name} {Version} (pattern contract {SdkContract.Version})";
}
