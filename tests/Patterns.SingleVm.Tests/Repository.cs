namespace TfgridCompose.Patterns.SingleVm.Tests;

/// <summary>Files of the repository that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(TestContext.CurrentContext.TestDirectory);

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    private static string FindRoot(string folder) => File.Exists(System.IO.Path.Combine(folder, "TfgridCompose.sln"))
        ? folder
        : FindRoot(Directory.GetParent(folder)?.FullName ?? throw new DirectoryNotFoundException("No folder above holds TfgridCompose.sln."));
}
