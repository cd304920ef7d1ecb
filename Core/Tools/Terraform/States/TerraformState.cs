using System.Globalization;
using System.Text.Json;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Core.Tools.Terraform.States;

/// <summary>
/// The resources in Terraform's state, read without starting Terraform: from the state if it is a plain file here, else
/// from the list of addresses that was saved when the state was last pulled.
/// </summary>
public static class TerraformState
{
    public const string FileName = DeploymentFolder.TerraformStateName;

    private const string Addresses = "tfgrid-compose-resources";
    private const string Contracts = "tfgrid-compose-contracts";
    private const string Lineage = "tfgrid-compose-lineage";

    // The provider's resource types for machines; networks and proxies can be moved without loss.
    private static readonly string[] Machines = [$"{GridResourceType.Deployment}.", $"{GridResourceType.Kubernetes}."];

    /// <summary>Whether machines are in the state. An unreadable state may have some.</summary>
    public static bool HasMachines(DeploymentFolder folder)
    {
        try
        {
            return Resources(folder).Any(address => Machines.Any(address.StartsWith));
        }
        catch (JsonException)
        {
            return true;
        }
    }

    /// <summary>Addresses of the managed resources that have instances.</summary>
    public static IReadOnlyList<string> Resources(DeploymentFolder folder) =>
        [.. Instances(folder).Select(instance => instance.Resource).Distinct()];

    /// <summary>Every instance of a managed resource: its own address and the resource's.</summary>
    public static IReadOnlyList<(string Address, string Resource)> Instances(DeploymentFolder folder)
    {
        if (BackendFile.IsIn(folder.Terraform))
        {
            return Listed(folder);
        }

        // Terraform killed between opening and writing the file leaves an empty one, which it treats as no state.
        string text = LocalState.ReadNext(folder);
        if (text.Length == 0)
        {
            return [];
        }

        var state = StateText.Parse(text);
        return state.IsEncrypted
            ? Listed(folder)
            : [.. state.Instances.Select(instance => (instance.Address, instance.Resource))];
    }

    /// <summary>Whether Terraform was ever started for the deployment, here or possibly on another machine.</summary>
    public static bool MayExist(DeploymentFolder folder) =>
        File.Exists(LocalState.Next(folder))
            || Directory.Exists(Path.Combine(folder.Terraform, ".terraform"))
            || BackendFile.IsIn(folder.Terraform);

    /// <summary>Whether only Terraform can read the state.</summary>
    internal static bool MustBeAsked(DeploymentFolder folder) =>
        BackendFile.IsIn(folder.Terraform)
        || (Path.Combine(folder.Terraform, FileName) is var path
            && File.Exists(path)
            && PlainFile.ReadText(path).Contains("\"encrypted_data\"", StringComparison.Ordinal));

    /// <summary>Saves the addresses, contracts and lineage of a state that is not a plain file here; no secrets.</summary>
    internal static void WriteDown(DeploymentFolder folder, StateText state)
    {
        PrivateFile.CreateFolder(Path.Combine(folder.Terraform, ".terraform"));
        PrivateFile.Write(
            ListOf(folder, Addresses),
            string.Concat(state.Instances.Select(instance => $"{instance.Address}\t{instance.Resource}\n")));
        PrivateFile.Write(ListOf(folder, Lineage), state.Lineage);
        PrivateFile.Write(
            ListOf(folder, Contracts),
            string.Concat(TerraformContracts.Of(state).Select(contract =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{contract.Id}\t{contract.NodeId}\t{contract.Kind}\t{contract.Resource}\n"))));
    }

    /// <summary>The contracts that were saved with the addresses.</summary>
    internal static IReadOnlyList<RecordedContract> ListedContracts(DeploymentFolder folder) =>
    [
        .. Lines(folder, Contracts, 4).Select(line => new RecordedContract(
            long.Parse(line[0], CultureInfo.InvariantCulture),
            int.Parse(line[1], CultureInfo.InvariantCulture),
            line[2],
            line[3])),
    ];

    internal static string ListedLineage(DeploymentFolder folder) =>
        File.Exists(ListOf(folder, Lineage)) ? PlainFile.ReadText(ListOf(folder, Lineage)) : "";

    /// <summary>Whether such a list was ever saved.</summary>
    internal static bool IsListed(DeploymentFolder folder) => File.Exists(ListOf(folder, Addresses));

    private static IReadOnlyList<(string Address, string Resource)> Listed(DeploymentFolder folder) =>
        [.. Lines(folder, Addresses, 2).Select(pair => (pair[0], pair[1]))];

    private static IEnumerable<string[]> Lines(DeploymentFolder folder, string list, int columns) =>
        File.Exists(ListOf(folder, list))
            ? PlainFile.ReadLines(ListOf(folder, list))
                .Select(line => line.Split('\t'))
                .Where(line => line.Length == columns)
            : [];

    private static string ListOf(DeploymentFolder folder, string list) =>
        Path.Combine(folder.Terraform, ".terraform", list);
}
