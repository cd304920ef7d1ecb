using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Records.Store;

/// <summary>
/// The link <c>.tfgrid-compose</c> in an app's folder, which selects one of the app's deployments. Nothing depends on
/// it.
/// </summary>
public sealed class AppLink(TfgridHome home, string appFolder)
{
    public const string Name = ".tfgrid-compose";

    private readonly string _link = Path.Combine(appFolder, Name);

    /// <summary>
    /// The id of the deployment that it points to, or null if there is no link or it points elsewhere.
    /// </summary>
    public string? Id =>
        new FileInfo(_link).LinkTarget is { } target && Path.GetDirectoryName(target) == home.Deployments
            ? Path.GetFileName(target)
            : null;

    /// <summary>Whether there is a link, wherever it points.</summary>
    public bool Exists => new FileInfo(_link).LinkTarget is not null;

    /// <summary>Removes it if it points to this deployment.</summary>
    public void Remove(string id)
    {
        if (Id == id)
        {
            File.Delete(_link);
        }
    }

    /// <summary>Points it to the deployment; returns a warning if that fails.</summary>
    public Diagnostic? Point(string id)
    {
        string target = home.Deployment(id).Path;
        try
        {
            var current = new FileInfo(_link);
            if (current.LinkTarget == target)
            {
                return null;
            }

            if (current.LinkTarget is not null)
            {
                File.Delete(_link);
            }

            File.CreateSymbolicLink(_link, target);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Diagnostic.Warning(
                StateCodes.LinkBlocked,
                $"{_link} could not be linked to {target}: {problem.Message}",
                "use the deployment by its id, or move what is in the way");
        }
    }
}
