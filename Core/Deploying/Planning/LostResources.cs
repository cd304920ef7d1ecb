using System.Globalization;
using System.Text.Json;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Contracts;
using TfgridCompose.Core.Tools.Terraform.Plans;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>
/// Which deployments on the grid are lost. Terraform cannot tell: the provider leaves a deployment in the state whatever
/// became of it, or writes the contract 0. The grid's contracts and the machines' own answers decide; a machine that
/// answers is never lost.
/// </summary>
public static class LostResources
{
    /// <summary>The contracts of the deployments in a state.</summary>
    public static IReadOnlyList<long> ContractsIn(StateText state) =>
        [.. Deployments(state).Select(ContractOf).OfType<long>().Where(contract => contract > 0).Distinct()];

    /// <param name="recorded">The machines of the record.</param>
    /// <param name="state">Terraform's state, before a refresh.</param>
    /// <param name="seen">Which machines answered.</param>
    /// <param name="ends">What the grid says of the contracts; empty: it could not be asked, and nothing is lost.</param>
    public static IReadOnlyList<LostResource> Of(
        IReadOnlyList<RecordedHost> recorded,
        StateText state,
        Observation seen,
        IReadOnlyDictionary<long, ContractEnd> ends) =>
        [.. Deployments(state).Select(each => Of(each, HostsOn(each, recorded), seen, ends)).OfType<LostResource>()];

    private static LostResource? Of(
        StateInstance deployment,
        IReadOnlyList<RecordedHost> hosts,
        Observation seen,
        IReadOnlyDictionary<long, ContractEnd> ends)
    {
        if (ContractOf(deployment) is not { } contract || hosts.Any(host => seen.Answering.Contains(host.Name)))
        {
            return null;
        }

        ContractEnd? end = contract == 0 ? ContractEnd.Ended : ends.TryGetValue(contract, out ContractEnd told) ? told : null;
        return end switch
        {
            ContractEnd.Ended => new LostResource(deployment.Address, "it is gone from the grid", IsGone: true),
            ContractEnd.Unlisted when hosts.Any(host => seen.Silent.Contains(host.Name)) => new LostResource(
                deployment.Address,
                string.Create(CultureInfo.InvariantCulture, $"it does not answer, and the grid does not list its contract {contract}"),
                IsGone: false),
            not null when hosts.Any(host => seen.NeverSeen.Contains(host.Name)) =>
                new LostResource(deployment.Address, "no login to it ever succeeded", IsGone: false),
            ContractEnd.Live when hosts.Any(host => seen.GivenUp.Contains(host.Name)) => new LostResource(
                deployment.Address, "it does not answer, and the last wait for it was in vain", IsGone: false),
            _ => null,
        };
    }

    private static IEnumerable<StateInstance> Deployments(StateText state) =>
        state.Instances.Where(instance => instance.Type == GridResourceType.Deployment);

    // The provider writes "0" when the contract is cancelled and the node has not noticed yet.
    private static long? ContractOf(StateInstance deployment) =>
        deployment.Attributes is { } attributes
            && attributes.TryGetProperty("id", out JsonElement id)
            && id.ValueKind == JsonValueKind.String
            && long.TryParse(id.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out long contract)
            ? contract
            : null;

    private static IReadOnlyList<RecordedHost> HostsOn(StateInstance deployment, IReadOnlyList<RecordedHost> recorded)
    {
        IReadOnlyList<MachineBlock> machines =
            deployment.Attributes is { } attributes ? TerraformPlanReader.MachinesIn(attributes) : [];
        return [.. recorded.Where(host => machines.Any(machine => HostChanges.IsOn(machine, host)))];
    }
}
