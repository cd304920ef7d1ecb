namespace TfgridCompose.Core.Plugins.Sboms;

/// <summary>Names a package across registries: https://github.com/package-url/purl-spec.</summary>
internal static class PackageUrl
{
    public static string OfNuGet(string id, string version) =>
        $"pkg:nuget/{Uri.EscapeDataString(id)}@{Uri.EscapeDataString(version)}";
}
