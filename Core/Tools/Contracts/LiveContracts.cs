using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Tools.Contracts;

/// <summary>
/// The live contracts of a deployment according to the grid: those with its tag or its name, and recorded and doubtful ones with
/// or without them.
/// </summary>
public sealed class LiveContracts(Surroundings here, DeploymentRecord record)
{
    private readonly GridName _grid = GridName.Parse(record.Grid);

    /// <summary>Throws if the grid cannot be asked or the twin is unknown, because then nothing is proven.</summary>
    /// <param name="patience">How long contracts may take to disappear.</param>
    /// <param name="notBefore">An empty answer before this time is not accepted: a contract that was just created may
    /// not be listed yet.</param>
    /// <param name="cancellation">Stops asking.</param>
    public async Task<IReadOnlyList<GridContract>> ReadAsync(
        GridPatience patience, DateTimeOffset notBefore, CancellationToken cancellation)
    {
        var client = new GridClient(GridTransports.Of(_grid, here));
        int? twin = await new GridTwin(_grid, client, here).FindAsync(record.ContractIds(), IsOwn, cancellation);
        return await (_grid.IsLocal ? GridPatience.None : patience).AskAsync(
            () => OnceAsync(client, twin, cancellation),
            live => live.Count == 0 && (_grid.IsLocal || here.Clock.GetUtcNow() >= notBefore),
            here.Clock,
            cancellation);
    }

    /// <summary>
    /// Those that Terraform's state does not name. Where the user's twin is not known, the contracts on the deployment's nodes are read:
    /// tag and name tell whose they are.
    /// </summary>
    /// <param name="known">The contracts in the state.</param>
    /// <param name="nodes">The deployment's nodes.</param>
    /// <param name="notBefore">Before this time, the answer that there is none is not accepted.</param>
    /// <param name="cancellation">Stops asking.</param>
    public async Task<IReadOnlyList<GridContract>> BesideAsync(
        IReadOnlySet<long> known, IReadOnlyList<int> nodes, DateTimeOffset notBefore, CancellationToken cancellation)
    {
        var client = new GridClient(GridTransports.Of(_grid, here));
        int? twin = await KnownTwinAsync(client, cancellation);
        return await here.GridPatience.AskAsync(
            async () => (IReadOnlyList<GridContract>)
            [
                .. (twin is null ? await OnNodesAsync(client, nodes, cancellation) : await OnceAsync(client, twin, cancellation))
                    .Where(contract => !known.Contains(contract.Id)),
            ],
            strays => strays.Count > 0 || here.Clock.GetUtcNow() >= notBefore,
            here.Clock,
            cancellation);
    }

    private async Task<int?> KnownTwinAsync(GridClient client, CancellationToken cancellation)
    {
        try
        {
            return await new GridTwin(_grid, client, here).FindAsync(record.ContractIds(), IsOwn, cancellation);
        }
        catch (DiagnosticException problem) when (problem.ExitCode == ExitCode.Infrastructure
            && problem.Diagnostics.Any(diagnostic => diagnostic.Code == GridCodes.TwinUnknown))
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<GridContract>> OnNodesAsync(
        GridClient client, IReadOnlyList<int> nodes, CancellationToken cancellation)
    {
        var live = new List<GridContract>();
        foreach (int node in nodes)
        {
            live.AddRange((await client.LiveContractsOnAsync(node, cancellation)).Where(IsOwn));
        }

        return [.. live.OrderBy(contract => contract.Id)];
    }

    /// <summary>The resources whose contracts are live. If Terraform does not find one of them, it is not gone.</summary>
    public IReadOnlyList<string> ResourcesOf(IReadOnlyList<GridContract> live) =>
        [.. record.Contracts.Where(known => live.Any(contract => contract.Id == known.Id)).Select(known => known.Resource)];

    /// <summary>What messages say of such a resource.</summary>
    public string Stopped => "does not run, but its contract is live"
        + (_grid.IsLocal ? " (`tfgrid-localgrid machine start` brings it back: docs/local-grid.md)" : "");

    private bool IsOwn(GridContract contract) =>
        contract.DeploymentId is { } tagged
            ? tagged == record.Id
            : contract.IsNamedFor(record.Id) || record.Contracts.Any(known => known.Id == contract.Id);

    private async Task<IReadOnlyList<GridContract>> OnceAsync(
        GridClient client, int? twin, CancellationToken cancellation)
    {
        var live = (await client.LiveContractsAsync(twin, cancellation)).Where(IsOwn)
            .ToDictionary(contract => contract.Id);

        // Contracts in doubt, and those that the index does not list yet. The local grid lists all that it has.
        foreach (long id in record.ContractIds().Where(id => !_grid.IsLocal && !live.ContainsKey(id)))
        {
            if (await client.ContractAsync(id, cancellation) is { IsLive: true } contract && IsOfThis(contract, twin))
            {
                live[id] = contract;
            }
        }

        return [.. live.Values.OrderBy(contract => contract.Id)];
    }

    // A number in an error message may be anything: a contract of another twin, with another tag, or with a name and a project of
    // its own is not this deployment's.
    private bool IsOfThis(GridContract contract, int? twin) =>
        IsOwn(contract) || ((twin is null || contract.TwinId == twin) && contract.Project.Length == 0);
}
