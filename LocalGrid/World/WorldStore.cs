using System.Text.Json;

namespace TfgridCompose.LocalGrid.World;

/// <summary>Reads and changes the world. The lock is held for accounting only, never while a machine boots.</summary>
internal sealed class WorldStore(WorldPaths paths)
{
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(60);

    public WorldPaths Paths { get; } = paths;

    public GridWorld Read()
    {
        if (!File.Exists(Paths.World))
        {
            return new GridWorld();
        }

        var world = JsonSerializer.Deserialize(File.ReadAllBytes(Paths.World), WorldJson.Default.GridWorld) ?? new GridWorld();
        return world.Schema <= GridWorld.CurrentSchema
            ? world
            : throw new GridException(
                "A newer local grid was here",
                $"{Paths.World} has schema {world.Schema}; this build reads up to {GridWorld.CurrentSchema}. "
                    + $"Use the newer tfgrid-localgrid");
    }

    public T Change<T>(Func<GridWorld, T> change)
    {
        Directory.CreateDirectory(Paths.Root);
        using var held = FileLock.Take(Paths.Lock, LockLimit);
        var world = Read();
        var result = change(world);
        AtomicFile.Write(Paths.World, JsonSerializer.SerializeToUtf8Bytes(world, WorldJson.Default.GridWorld));
        return result;
    }

    public void Change(Action<GridWorld> change) => Change<object?>(world =>
    {
        change(world);
        return null;
    });

    public void SaveSecrets(string network, NetworkSecrets secrets)
    {
        Directory.CreateDirectory(Paths.Secrets, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        AtomicFile.Write(
            Paths.SecretsOf(network),
            JsonSerializer.SerializeToUtf8Bytes(secrets, WorldJson.Default.NetworkSecrets),
            AtomicFile.Private);
    }

    public NetworkSecrets? ReadSecrets(string network) => File.Exists(Paths.SecretsOf(network))
        ? JsonSerializer.Deserialize(File.ReadAllBytes(Paths.SecretsOf(network)), WorldJson.Default.NetworkSecrets)
        : null;
}
