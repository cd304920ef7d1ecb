using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>
/// What is in a deployment's folder only while the app's playbook runs: the copy of its files, and its variables, some of them
/// secret. A run that is killed leaves them.
/// </summary>
internal static class PlaybookRemains
{
    private const string Copies = "app-playbook-";
    private const string Values = "app-variables-";

    /// <summary>A new folder for the copy.</summary>
    public static string CopyIn(DeploymentFolder folder) => Path.Combine(folder.Path, $"{Copies}{Guid.NewGuid():N}");

    /// <summary>The file with the variables. Not among Ansible's files, which a shared record contains.</summary>
    public static string VariablesIn(DeploymentFolder folder) =>
        Path.Combine(folder.Path, $"{Values}{Environment.ProcessId}.json");

    /// <summary>
    /// Removes what killed runs left; the deployment's lock must be held. Returns a warning for what cannot be removed.
    /// </summary>
    public static Diagnostic? Clear(DeploymentFolder folder)
    {
        var left = new List<string>();
        foreach (string path in In(folder))
        {
            try
            {
                if (Directory.Exists(path))
                {
                    Directory.Delete(path, recursive: true);
                }
                else
                {
                    File.Delete(path);
                }
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                left.Add($"{path}: {problem.Message}");
            }
        }

        return left.Count == 0 ? null : Diagnostic.Warning(
            AppCodes.PlaybookLeft,
            PlainText.Of($"What an interrupted run of the app's playbook left could not be removed: {string.Join(", ", left)}"),
            "remove it");
    }

    // Versions before this one wrote the variables to Ansible's folder.
    private static string[] In(DeploymentFolder folder) => !Directory.Exists(folder.Path) ? [] :
    [
        .. Directory.GetFileSystemEntries(folder.Path).Where(path => IsCopy(Path.GetFileName(path)) || IsValues(path)),
        .. Directory.Exists(folder.Ansible) ? Directory.GetFileSystemEntries(folder.Ansible).Where(IsValues) : [],
    ];

    // A longer name is that of a folder with the user's files: see PlaybookCopy.
    private static bool IsCopy(string name) =>
        name.StartsWith(Copies, StringComparison.Ordinal) && Guid.TryParseExact(name[Copies.Length..], "N", out _);

    private static bool IsValues(string path) => Path.GetFileName(path).StartsWith(Values, StringComparison.Ordinal);
}
