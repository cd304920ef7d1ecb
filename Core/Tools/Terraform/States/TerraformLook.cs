using System.Text.Json;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Terraform.States;

/// <summary>The content of Terraform's state in a deployment's folder, read without starting Terraform.</summary>
/// <param name="Exists">Whether there is a state.</param>
/// <param name="Resources">Addresses of the managed resources.</param>
/// <param name="Contracts">The contracts in it.</param>
/// <param name="Problem">Why it cannot be read, or null.</param>
public sealed record TerraformLook(
    bool Exists, IReadOnlyList<string> Resources, IReadOnlyList<RecordedContract> Contracts, string? Problem)
{
    /// <summary>Its lineage; empty if unknown.</summary>
    public string Lineage { get; init; } = "";

    public static TerraformLook At(DeploymentFolder folder)
    {
        try
        {
            if (TerraformState.MustBeAsked(folder))
            {
                return new TerraformLook(
                    TerraformState.IsListed(folder),
                    TerraformState.Resources(folder),
                    TerraformState.ListedContracts(folder),
                    null)
                {
                    Lineage = TerraformState.ListedLineage(folder),
                };
            }

            // Terraform killed between opening and writing the file leaves an empty one, which it treats as no state.
            string text = LocalState.ReadNext(folder);
            return text.Length > 0
                ? Of(StateText.Parse(text))
                : new TerraformLook(false, [], [], null);
        }
        catch (Exception problem) when (problem is JsonException
            or IOException
            or UnauthorizedAccessException
            or KeyNotFoundException
            or InvalidOperationException)
        {
            return new TerraformLook(true, [], [], $"{LocalState.PathIn(folder)} cannot be read: {problem.Message}");
        }
    }

    private static TerraformLook Of(StateText state) =>
        new(
            true,
            [.. state.Instances.Select(instance => instance.Resource).Distinct()],
            TerraformContracts.Of(state),
            null)
        {
            Lineage = state.Lineage,
        };
}
