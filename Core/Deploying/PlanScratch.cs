using System.Globalization;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Deploying;

/// <summary>
/// The state folder of one plan, under the system's temporary folder, readable by its owner only; removed afterwards.
/// </summary>
internal sealed class PlanScratch : IDisposable
{
    private const string Prefix = "tfgrid-plan-";
    private readonly Surroundings _real;
    private readonly string _folder;

    private PlanScratch(Surroundings real, string folder)
    {
        (_real, _folder) = (real, folder);
        Here = real with { Store = new DeploymentStore(new TfgridHome(folder), real.Clock) };
    }

    /// <summary>The same surroundings, with this folder as home.</summary>
    public Surroundings Here { get; }

    public static PlanScratch Create(Surroundings here)
    {
        Sweep();
        string prefix = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-");
        var scratch = new PlanScratch(here, Directory.CreateTempSubdirectory(prefix).FullName);
        scratch.Here.Home.Create();
        return scratch;
    }

    /// <summary>Removes what killed plans left: it holds variables in clear text.</summary>
    public static void Sweep()
    {
        foreach (string left in Scratches().Where(IsLeft))
        {
            try
            {
                Directory.Delete(left, recursive: true);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // The folder is another user's, or is being removed right now.
            }
        }
    }

    // Without a temporary folder, nothing can be left there. Only a plan needs one.
    private static string[] Scratches()
    {
        try
        {
            return Directory.GetDirectories(Path.GetTempPath(), $"{Prefix}*");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsLeft(string folder)
    {
        string writer = Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
        return int.TryParse(writer, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            && !RunningProcess.Is(id);
    }

    /// <summary>
    /// Lends a paid grid's provider from the real home. It is a cache, not a state: without it each plan would fetch
    /// the provider.
    /// </summary>
    public void UseProvidersOf(GridName grid)
    {
        if (!grid.IsLocal)
        {
            PrivateFile.CreateFolder(_real.Home.ProviderCache);
            File.CreateSymbolicLink(Here.Home.ProviderCache, _real.Home.ProviderCache);
        }
    }

    /// <summary>Copies what the plan works from: Terraform's folder and the journal.</summary>
    public async Task CopyAsync(string deploymentId, CancellationToken cancellation)
    {
        DeploymentFolder from = _real.Home.Deployment(deploymentId);
        DeploymentFolder to = Here.Home.Deployment(deploymentId);
        to.Create();
        if (File.Exists(from.Journal))
        {
            File.Copy(from.Journal, to.Journal);
        }

        await CopyFolderAsync(from.Terraform, to.Terraform, except: LocalState.PathIn(from), cancellation);
        string state = await LocalState.ReadNextAsync(from, cancellation);
        if (state.Length > 0)
        {
            PrivateFile.Write(LocalState.PathIn(to), state);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task CopyFolderAsync(
        string from, string to, string except, CancellationToken cancellation)
    {
        if (!Directory.Exists(from))
        {
            return;
        }

        PrivateFile.CreateFolder(to);
        foreach (FileSystemInfo entry in new DirectoryInfo(from)
            .EnumerateFileSystemInfos()
            .Where(entry => !IsOfARun(entry.Name) && entry.FullName != except))
        {
            string target = Path.Combine(to, entry.Name);
            if (entry.LinkTarget is { } link)
            {
                File.CreateSymbolicLink(target, link);
            }
            else if (entry is DirectoryInfo)
            {
                await CopyFolderAsync(entry.FullName, target, except, cancellation);
            }
            else if (entry.Name == TerraformState.FileName)
            {
                PrivateFile.Write(target, await LocalState.ReadWholeAsync(entry.FullName, cancellation));
            }
            else
            {
                File.Copy(entry.FullName, target);
            }
        }
    }

    // Temporary files of a concurrent run, some with variables in clear text, and leftovers of an interrupted one.
    private static bool IsOfARun(string name) =>
        name == TerraformWorkspace.PlanFile
            || name == LocalState.Errored
            || name.StartsWith(".output-", StringComparison.Ordinal)
            || name.EndsWith(".tmp", StringComparison.Ordinal)
            || name.EndsWith(".lock.info", StringComparison.Ordinal);
}
