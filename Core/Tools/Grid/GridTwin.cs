using System.Globalization;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records;

namespace TfgridCompose.Core.Tools.Grid;

/// <summary>
/// The user's twin on a paid grid: from <c>config.yaml</c>, else from TFGRID_TWIN, else the owner of recorded
/// contracts. No mnemonic is needed.
/// </summary>
public sealed class GridTwin(GridName grid, GridClient client, Surroundings here)
{
    public const string Variable = "TFGRID_TWIN";

    private const int MostAsked = 5;

    /// <summary>
    /// The twin; null on the local grid, which has only one. Throws if it is unknown or the configured one is not the
    /// user's.
    /// </summary>
    /// <param name="candidates">Ids of contracts to look up; their state does not matter.</param>
    /// <param name="isOwn">Whether a contract certainly belongs to this user.</param>
    /// <param name="cancellation">Stops asking.</param>
    public async Task<int?> FindAsync(
        IEnumerable<long> candidates, Func<GridContract, bool> isOwn, CancellationToken cancellation)
    {
        if (grid.IsLocal)
        {
            return null;
        }

        (int Twin, string Where)? given = Given();
        GridContract? own = await FirstOwnAsync(candidates, isOwn, cancellation);
        return (given, own) switch
        {
            ({ } set, { } contract) when set.Twin != contract.TwinId => throw Other(set.Twin, set.Where, contract),
            (_, { } contract) => contract.TwinId,
            ({ } set, null) => set.Twin,
            (null, null) => throw Unknown(),
        };
    }

    private (int Twin, string Where)? Given()
    {
        string file = Path.Combine(here.Home.Path, UserConfig.FileName);
        IReadOnlyDictionary<string, int> twins = UserConfig.Load(here.Home.Path).Twins;
        if (twins.TryGetValue(grid.Value, out int twin) || twins.TryGetValue("", out twin))
        {
            return (twin, $"'twin' in {file}");
        }

        return here.Environment.GetValueOrDefault(Variable) is { Length: > 0 } text ? (Parse(text), Variable) : null;
    }

    private static int Parse(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int twin) && twin > 0
            ? twin
            : throw new DiagnosticException(
                ExitCode.Usage,
                GridCodes.TwinUnknown,
                $"{Variable} is '{text}', which is not a twin number.",
                $"set {Variable} to a positive number");

    private async Task<GridContract?> FirstOwnAsync(
        IEnumerable<long> candidates, Func<GridContract, bool> isOwn, CancellationToken cancellation)
    {
        foreach (long id in candidates.Distinct().Take(MostAsked))
        {
            if (await client.ContractAsync(id, cancellation) is { TwinId: > 0 } contract && isOwn(contract))
            {
                return contract;
            }
        }

        return null;
    }

    private DiagnosticException Other(int twin, string where, GridContract contract) => new(
        ExitCode.Infrastructure,
        GridCodes.OtherTwin,
        $"{where} says twin {twin}, but contract {contract.Id}, recorded here, "
            + $"belongs to twin {contract.TwinId} on the grid '{grid}'.",
        $"correct it: `twin: {{{grid}: {contract.TwinId}}}` in {Path.Combine(here.Home.Path, UserConfig.FileName)}, "
            + "or unset it to take the twin from the contract");

    private DiagnosticException Unknown() => new(
        ExitCode.Infrastructure,
        GridCodes.TwinUnknown,
        $"Your twin on the grid '{grid}' is not known, and there is no recorded contract to find it from.",
        $"write `twin: NUMBER` into {Path.Combine(here.Home.Path, UserConfig.FileName)}, or set {Variable}; "
            + "https://dashboard.grid.tf shows your twin's number");
}
