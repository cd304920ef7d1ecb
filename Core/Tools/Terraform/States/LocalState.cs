using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Terraform.States;

/// <summary>The text of a Terraform state that is a file in a deployment's folder.</summary>
public static class LocalState
{
    /// <summary>Where Terraform writes a state that it could not store in its backend.</summary>
    public const string Errored = "errored.tfstate";
    private const int MostReads = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static string PathIn(DeploymentFolder folder) => Path.Combine(folder.Terraform, TerraformState.FileName);

    public static string ErroredIn(DeploymentFolder folder) => Path.Combine(folder.Terraform, Errored);

    /// <summary>Whether there is a state that Terraform could not store, and that can be restored.</summary>
    public static bool HasErrored(DeploymentFolder folder) => IsWhole(ReadFile(ErroredIn(folder)));

    /// <summary>Whether a full disk or a crash cut the state short.</summary>
    public static bool IsCut(DeploymentFolder folder) => Read(folder) is { Length: > 0 } text && !IsWhole(text);

    /// <summary>
    /// The file that the next run works from: the state, or the one that Terraform could not store, if it follows the state
    /// or if the state is missing, empty or cut short.
    /// </summary>
    public static string Next(DeploymentFolder folder)
    {
        string errored = ErroredIn(folder);
        return !BackendFile.IsIn(folder.Terraform)
            && File.Exists(errored)
            && TryParse(ReadFile(errored)) is { } kept
            && (TryParse(Read(folder)) is not { } now || ConflictOf(now, kept) is null)
            ? errored
            : PathIn(folder);
    }

    /// <summary>Why Terraform, by its own rule, would refuse to replace the present state with this one, or null.</summary>
    public static string? ConflictOf(StateText now, StateText kept) =>
        now.HoldsNothing ? null
        : now.Lineage != kept.Lineage ? "it belongs to another state"
        : now.Serial > kept.Serial ? $"the state is newer (serial {now.Serial}; that file has {kept.Serial})"
        : now.Serial == kept.Serial && !now.HasSameContent(kept) ? $"both have the serial {now.Serial} but differ"
        : null;

    /// <summary>The state as it is now; empty if there is none.</summary>
    public static string Read(DeploymentFolder folder) => ReadFile(PathIn(folder));

    /// <summary>The text of <see cref="Next"/> as it is now; empty if there is none.</summary>
    public static string ReadNext(DeploymentFolder folder) => ReadFile(Next(folder));

    /// <summary>The text of <see cref="Next"/>, complete as in <see cref="ReadWholeAsync"/>.</summary>
    public static async Task<string> ReadNextAsync(DeploymentFolder folder, CancellationToken cancellation)
    {
        string path = Next(folder);
        string text = await ReadWholeAsync(path, cancellation);

        // A run may just have restored it to the state's place.
        return text.Length > 0 || path == PathIn(folder) ? text : await ReadWholeAsync(PathIn(folder), cancellation);
    }

    /// <summary>
    /// Reads for up to a second until the text is complete: Terraform writes its state in place, so a reader without a lock
    /// may see half of it, or an empty file. Empty if there is none, or if a killed Terraform left it empty.
    /// </summary>
    public static async Task<string> ReadWholeAsync(string path, CancellationToken cancellation)
    {
        string text = "";
        for (int i = 0; i < MostReads && File.Exists(path); i++)
        {
            text = ReadFile(path);
            if (IsWhole(text))
            {
                return text;
            }

            await Task.Delay(Pause, TimeProvider.System, cancellation);
        }

        return text.Length == 0 ? text : throw new DiagnosticException(
            ExitCode.Conflict,
            PlanCodes.StateUnreadable,
            $"{path} is not a complete Terraform state.",
            "if a run is in progress, wait until it has ended; otherwise `tfgrid-compose state list` shows what can be "
                + "restored");
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.Exists(path) ? PlainFile.ReadText(path) : "";
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }

    private static bool IsWhole(string text) => TryParse(text) is not null;

    private static StateText? TryParse(string text)
    {
        try
        {
            return text.Length > 0 ? StateText.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
