using TfgridCompose.Core.Manifests.Reading;

namespace TfgridCompose.Core.Records.Folders;

/// <summary>
/// The canonical path of an app's folder, absolute and without links, so that every path to it finds the same
/// deployment.
/// </summary>
public static class AppFolder
{
    public static string Of(string path, string currentFolder) =>
        AppPath.Resolve(Path.GetFullPath(path, currentFolder));
}
