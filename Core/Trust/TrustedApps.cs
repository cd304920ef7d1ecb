using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Core.Trust;

/// <summary>
/// The user's <c>trusted.json</c>. If it cannot be read, nothing is trusted, and the file is not overwritten.
/// </summary>
public sealed class TrustedApps(DeploymentStore store)
{
    private readonly TfgridHome _home = store.Home;

    /// <summary>Sorted by folder.</summary>
    public IReadOnlyList<TrustedApp> Read()
    {
        if (NotAFile() is { } what)
        {
            throw new DiagnosticException(
                ExitCode.Conflict,
                StateCodes.TrustUnreadable,
                $"{_home.Trusted} is not a file: it is {what}.",
                "remove it: each app with code for this computer then asks again");
        }

        if (!TfgridHome.Has(_home.Trusted))
        {
            return [];
        }

        string text = TfgridHome.Read(_home.Trusted, PlainFile.ReadText);
        try
        {
            var mark = SchemaMark.Of(text);
            return mark.Schema > TrustedJson.Schema ? throw mark.Newer(_home.Trusted, TrustedJson.Schema) : TrustedJson.Read(text);
        }
        catch (JsonException problem)
        {
            throw new DiagnosticException(
                ExitCode.Conflict,
                [Diagnostic.Error(
                    StateCodes.TrustUnreadable,
                    $"{_home.Trusted} cannot be read: {PlainText.Of(problem.Message)}",
                    "restore it from a backup, or remove it: each app with code for this computer then asks again")],
                problem);
        }
    }

    /// <summary>What the user agreed to of an app, or null.</summary>
    public TrustedApp? Of(string folder) => Read().FirstOrDefault(app => app.Folder == folder);

    /// <summary>Remembers parts of an app.</summary>
    public void Add(string folder, IReadOnlyList<TrustedPart> agreed) => Update(apps =>
    [
        .. apps.Where(app => app.Folder != folder),
        (apps.FirstOrDefault(app => app.Folder == folder) ?? new TrustedApp(folder, [])).With(agreed),
    ]);

    /// <summary>Forgets those that match, and returns them.</summary>
    public IReadOnlyList<TrustedApp> Remove(Func<TrustedApp, bool> matches)
    {
        if (!Read().Any(matches))
        {
            return [];
        }

        IReadOnlyList<TrustedApp> gone = [];
        Update(apps =>
        {
            gone = [.. apps.Where(matches)];
            return [.. apps.Except(gone)];
        });
        return gone;
    }

    private string? NotAFile() => Directory.Exists(_home.Trusted) ? "a folder"
        : PlainFile.IsSpecial(_home.Trusted) ? "a named pipe, a socket or a device"
        : LeadsNowhere(_home.Trusted) ? "a link that leads to itself"
        : null;

    private static bool LeadsNowhere(string path)
    {
        try
        {
            _ = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true);
            return false;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return problem is not (FileNotFoundException or DirectoryNotFoundException) and IOException;
        }
    }

    // Under a lock, so that concurrent runs keep each other's changes.
    private void Update(Func<IReadOnlyList<TrustedApp>, IReadOnlyList<TrustedApp>> change)
    {
        _home.Create();
        using FileStream gate = FileGate.Enter(Path.Combine(_home.Locks, "trusted.lock"));
        IReadOnlyList<TrustedApp> apps = [.. change(Read()).OrderBy(app => app.Folder, StringComparer.Ordinal)];
        PrivateFile.Write(_home.Trusted, TrustedJson.Write(apps, store.Version ?? ""));
    }
}
