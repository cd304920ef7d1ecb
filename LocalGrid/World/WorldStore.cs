using System.Text.Json;
using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.World;

/// <summary>Reads and changes the world. The lock is held for short changes only, never while a machine boots.</summary>
internal sealed class WorldStore(WorldPaths paths, TimeProvider clock)
{
    private const int KeptContracts = 1000;
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(60);

    public WorldPaths Paths { get; } = paths;

    public GridWorld Read()
    {
        if (!File.Exists(Paths.World))
        {
            return new GridWorld();
        }

        GridWorld world = JsonSerializer.Deserialize(File.ReadAllBytes(Paths.World), WorldJson.Default.GridWorld) ?? new GridWorld();
        return world.Schema <= GridWorld.CurrentSchema ? world : throw new GridException(
            "The local grid was made by a newer version",
            $"{Paths.World} has schema {world.Schema}; this build reads up to {GridWorld.CurrentSchema}. Use the newer tfgrid-localgrid");
    }

    public T Change<T>(Func<GridWorld, T> change)
    {
        Directory.CreateDirectory(Paths.Root);
        using var held = FileLock.Take(Paths.Lock, LockLimit, clock);
        GridWorld world = Read();
        ChainContract[] contracts = [.. world.Contracts];
        try
        {
            T result = change(world);
            KeepEnded(contracts, world);
            Write(world);
            return result;
        }
        catch (GridException)
        {
            // A fault that has just happened counts, although nothing else changes.
            GridWorld before = Read();
            if (!before.Faults.SequenceEqual(world.Faults))
            {
                before.Faults = world.Faults;
                Write(before);
            }

            throw;
        }
    }

    /// <summary>The contracts that have ended, oldest first. The chain forgets none; the local grid keeps the last ones.</summary>
    public List<ChainContract> Ended() => File.Exists(Paths.EndedContracts)
        ? JsonSerializer.Deserialize(File.ReadAllBytes(Paths.EndedContracts), WorldJson.Default.ListChainContract) ?? []
        : [];

    // Before the world: a contract that is in both files is live.
    private void KeepEnded(ChainContract[] before, GridWorld world)
    {
        HashSet<long> live = [.. world.Contracts.Select(contract => contract.Id)];
        ChainContract[] ended = [.. before.Where(contract => !live.Contains(contract.Id))];
        if (ended.Length > 0)
        {
            List<ChainContract> all = [.. Ended().Concat(ended).TakeLast(KeptContracts)];
            AtomicFile.Write(Paths.EndedContracts, JsonSerializer.SerializeToUtf8Bytes(all, WorldJson.Default.ListChainContract));
        }
    }

    private void Write(GridWorld world) =>
        AtomicFile.Write(Paths.World, JsonSerializer.SerializeToUtf8Bytes(world, WorldJson.Default.GridWorld));

    public void Change(Action<GridWorld> change) => Change<object?>(world =>
    {
        change(world);
        return null;
    });

    public void SaveSecrets(string network, NetworkSecrets secrets)
    {
        Directory.CreateDirectory(Paths.Secrets, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(secrets, WorldJson.Default.NetworkSecrets);
        AtomicFile.Write(Paths.SecretsOf(network), content, AtomicFile.Private);
    }

    public NetworkSecrets? ReadSecrets(string network) => File.Exists(Paths.SecretsOf(network))
        ? JsonSerializer.Deserialize(File.ReadAllBytes(Paths.SecretsOf(network)), WorldJson.Default.NetworkSecrets)
        : null;
}
