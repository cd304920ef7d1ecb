using System.Text.Json;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tools.Terraform;

/// <summary>
/// The lock of a local Terraform state. The kernel releases the lock on the state file when the process ends; the file
/// that names the holder stays if Terraform was killed.
/// </summary>
public sealed class TerraformLocks(TfgridHome home) : ILockSource
{
    private const string Kind = "Terraform's state lock";

    public Task<IReadOnlyList<FoundLock>> FindAsync(DeploymentRecord record, CancellationToken cancellation)
    {
        DeploymentFolder folder = home.Deployment(record.Id);
        IReadOnlyList<FoundLock> found = File.Exists(folder.TerraformLockInfo)
            ? [new FoundLock(
                Kind,
                HolderIn(folder.TerraformLockInfo),
                IsLocked(StateOf(folder.TerraformLockInfo)),
                folder.TerraformLockInfo,
                Remedy(folder))]
            : [];
        return Task.FromResult(found);
    }

    public Task<bool> RemoveAsync(FoundLock found, CancellationToken cancellation)
    {
        if (IsLocked(StateOf(found.Key)))
        {
            return Task.FromResult(false);
        }

        File.Delete(found.Key);
        return Task.FromResult(true);
    }

    private static string StateOf(string info) =>
        Path.Combine(Path.GetDirectoryName(info) ?? "", TerraformState.FileName);

    private static string Remedy(DeploymentFolder folder) =>
        "wait until it has ended: what it creates is in the state only then; "
            + $"`fuser {Path.Combine(folder.Terraform, TerraformState.FileName)}` shows its process";

    // Terraform takes a POSIX record lock on the whole file (internal/states/statemgr/filesystem_lock_unix.go).
    private static bool IsLocked(string state)
    {
        if (!File.Exists(state) || OperatingSystem.IsMacOS())
        {
            return false;
        }

        try
        {
            using var stream = new FileStream(state, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            stream.Lock(0, 0);
            stream.Unlock(0, 0);
            return false;
        }
        catch (IOException problem) when (FileGate.IsHeld(problem))
        {
            return true;
        }
    }

    private static string HolderIn(string info)
    {
        try
        {
            using var read = JsonDocument.Parse(PlainFile.ReadText(info));
            return $"{Text(read, "Operation")} of {Text(read, "Who")}, since {Text(read, "Created")}, "
                + $"id {Text(read, "ID")}";
        }
        catch (Exception problem) when (problem is JsonException or IOException or InvalidOperationException)
        {
            return "an unknown holder";
        }
    }

    private static string Text(JsonDocument info, string name) =>
        info.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? PlainText.Of(value.GetString() ?? "?")
            : "?";
}
