using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Terraform.States;

/// <summary>The text of a Terraform state that is a file in a deployment's folder.</summary>
public static class LocalState
{
    // Terraform writes a state here if it could not store it in its backend.
    private const string Errored = "errored.tfstate";
    private const int MostReads = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static string PathIn(DeploymentFolder folder) => Path.Combine(folder.Terraform, TerraformState.FileName);

    public static string ErroredIn(DeploymentFolder folder) => Path.Combine(folder.Terraform, Errored);

    /// <summary>Whether there is a state that Terraform could not store, and that can be restored.</summary>
    public static bool HasErrored(DeploymentFolder folder) =>
        ErroredIn(folder) is var path && File.Exists(path) && IsWhole(PlainFile.ReadText(path));

    /// <summary>As it is at this moment; empty where there is none.</summary>
    public static string Read(DeploymentFolder folder) =>
        PathIn(folder) is var path && File.Exists(path) ? PlainFile.ReadText(path) : "";

    /// <summary>
    /// Read again until it is complete, for a second: Terraform writes its state in place, so a reader without a lock may
    /// see half of it, or an empty file. Empty where there is none, or where a killed Terraform left it empty.
    /// </summary>
    public static async Task<string> ReadWholeAsync(string path, CancellationToken cancellation)
    {
        string text = "";
        for (int i = 0; i < MostReads && File.Exists(path); i++)
        {
            text = PlainFile.ReadText(path);
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
            "if a run is going on, wait until it has ended; else `tfgrid-compose state list` shows what can be "
                + "restored");
    }

    private static bool IsWhole(string text)
    {
        try
        {
            return text.Length > 0 && StateText.Parse(text) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
