using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Core.Deploying;

/// <summary>Says once what should not get into the app's git repository: the link to the deployment, and values.</summary>
internal sealed class GitAdvice(Surroundings here)
{
    private const int NoneIsIgnored = 1;
    private const string Values = ".env";

    // An app's own .git/config may name programs for git to run: a monitor (https://git-scm.com/docs/git-fsmonitor--daemon), or a
    // transport that fetches missing objects. Only the variable overrides its `protocol.NAME.allow`.
    private static readonly string[] NothingOfTheRepository = ["-c", "core.fsmonitor=false"];
    private static readonly Dictionary<string, string?> NoFetch =
        new() { ["GIT_ALLOW_PROTOCOL"] = "none", ["GIT_NO_LAZY_FETCH"] = "1" };

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public async Task SayAsync(string appFolder, CancellationToken cancellation)
    {
        if (!IsInWorkTree(appFolder))
        {
            return;
        }

        string[] names = [AppLink.Name, Values];
        IReadOnlyList<string> ignored = await IgnoredAsync(appFolder, names, cancellation);
        string[] open = [.. names.Except(ignored)];
        bool matters = open.Contains(AppLink.Name) || (open.Length > 0 && File.Exists(Path.Combine(appFolder, Values)));
        if (matters)
        {
            here.Events.Emit(new Note(
                $"git does not ignore {string.Join(" and ", open)} here: add {(open.Length > 1 ? "them" : "it")} to .gitignore"));
        }
    }

    // If git cannot tell, nothing counts as ignored: a needless note does no harm.
    private async Task<IReadOnlyList<string>> IgnoredAsync(
        string appFolder, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        ToolResult result = await here.Runner.RunAsync(
            new ToolCommand("git", [.. NothingOfTheRepository, "check-ignore", "--", .. names])
            {
                WorkingDirectory = appFolder,
                TimeLimit = Limit,
                Environment = NoFetch,
            },
            cancellation);
        return result.Succeeded || result.ExitCode == NoneIsIgnored
            ? result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : [];
    }

    // A work tree's .git is a folder, or a file that names one.
    private static bool IsInWorkTree(string folder)
    {
        for (DirectoryInfo? each = new(folder); each is not null; each = each.Parent)
        {
            if (Path.Exists(Path.Combine(each.FullName, ".git")))
            {
                return true;
            }
        }

        return false;
    }
}
