using System.Text.Json;
using TfgridCompose.Core.SharedState;
using TfgridCompose.Core.State;
using TfgridCompose.Core.Terraform;

namespace TfgridCompose.Core.Leaks;

/// <summary>What Terraform's state in a deployment's folder says, read without starting Terraform.</summary>
/// <param name="Exists">Whether there is a state.</param>
/// <param name="Resources">Addresses of what it manages.</param>
/// <param name="Contracts">The contracts that it names.</param>
/// <param name="Problem">Why it cannot be read, or null.</param>
public sealed record TerraformLook(bool Exists, IReadOnlyList<string> Resources, IReadOnlyList<RecordedContract> Contracts, string? Problem)
{
    public static TerraformLook At(DeploymentFolder folder)
    {
        string path = Path.Combine(folder.Terraform, "terraform.tfstate");
        try
        {
            // Terraform opens the file before it writes to it; killed in between it leaves an empty one, and takes that for no state itself.
            string text = BackendFile.IsIn(folder.Terraform) ? LastSeen(folder) : File.Exists(path) ? File.ReadAllText(path) : "";
            return text.Length == 0 ? new TerraformLook(false, [], [], null)
                : new TerraformLook(true, TerraformState.Resources(folder), StateText.Parse(text).IsEncrypted ? [] : TerraformContracts.Read(text), null);
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException or KeyNotFoundException or InvalidOperationException)
        {
            return new TerraformLook(true, [], [], $"{path} cannot be read: {problem.Message}");
        }
    }

    // A shared state is kept each time when it is asked: the last copy is what is known of it without asking again.
    private static string LastSeen(DeploymentFolder folder) =>
        new StateBackups(folder, TimeProvider.System).All is [.., var last] ? File.ReadAllText(last.Path) : "";
}
