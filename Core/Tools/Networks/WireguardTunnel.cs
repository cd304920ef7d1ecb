using System.Globalization;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Networks;

/// <summary>This machine's end of a deployment's private network. Only our own interfaces are changed.</summary>
public sealed class WireguardTunnel(IToolRunner runner, string path, bool isRoot)
{
    public const string Folder = Surroundings.DefaultWireguardFolder;
    private const int MostInterfaces = 1000;
    private const int AlreadyThere = 1;
    private static readonly TimeSpan ToolLimit = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Whether traffic goes through it. wg-quick adds the route last, so an interface without a route was left by a
    /// killed wg-quick.
    /// </summary>
    public static bool IsUp(string interfaceName) =>
        Exists(interfaceName)
            && (!OperatingSystem.IsLinux()
                || PlainFile.ReadLines("/proc/net/route")
                    .Any(route => route.StartsWith($"{interfaceName}\t", StringComparison.Ordinal)));

    // On macOS wg-quick keeps the interface's real name (utunN) in a file.
    public static bool Exists(string interfaceName) => OperatingSystem.IsMacOS()
        ? File.Exists($"/var/run/wireguard/{interfaceName}.name")
        : Directory.Exists($"/sys/class/net/{interfaceName}");

    internal Func<string, bool> ExistsHere { get; init; } = Exists;

    internal Func<string, bool> IsUpHere { get; init; } = IsUp;

    /// <summary>
    /// Brings the tunnel up under its recorded name, or under the lowest free wgN, and returns the name.
    /// </summary>
    /// <param name="folder">The deployment's folder.</param>
    /// <param name="config">The tunnel's configuration.</param>
    /// <param name="recorded">The recorded name, or null.</param>
    /// <param name="record">Records a new name before the interface exists, so that <c>down</c> knows every
    /// interface.</param>
    /// <param name="cancellation">Stops the work between two tools.</param>
    public async Task<string> UpAsync(
        DeploymentFolder folder,
        WireguardConfig config,
        string? recorded,
        Action<string> record,
        CancellationToken cancellation)
    {
        if (recorded is not null)
        {
            bool unchanged = File.Exists(folder.WireguardConfig(recorded))
                && PlainFile.ReadText(folder.WireguardConfig(recorded)) == config.Text;
            if (unchanged && IsUpHere(recorded))
            {
                return recorded;
            }

            await DownAsync(folder, recorded, cancellation);
        }

        string source = folder.WireguardConfig("wg");
        PrivateFile.Write(source, config.Text);
        string name = await ReserveAsync(folder, source, cancellation);
        File.Move(source, folder.WireguardConfig(name), overwrite: true);
        record(name);
        ToolResult result = await PrivilegedInOwnSessionAsync("wg-quick", ["up", name], cancellation);
        if (!result.Succeeded)
        {
            // A killed wg-quick leaves its interface, and a program that it started may still create one. The configuration
            // stays, because it tells whose the interface is; the next `up` or `down` removes both.
            bool isLeft = await RemoveInterfaceAsync(name, CancellationToken.None) is not null;
            throw new DiagnosticException(
                ExitCode.Infrastructure,
                NetworkCodes.WireguardUpFailed,
                $"wg-quick up {name} {result.Ending}: {result.Tail()}"
                    + (isLeft ? $"\nThe interface {name} is still there." : ""),
                "fix the cause and run `tfgrid-compose up` again: it resumes here");
        }

        return name;
    }

    /// <summary>Takes the tunnel down and removes its configuration, if both are this deployment's.</summary>
    public async Task DownAsync(DeploymentFolder folder, string name, CancellationToken cancellation)
    {
        string own = folder.WireguardConfig(name);
        if (!await IsOursAsync(name, folder.Id, cancellation))
        {
            DeleteOwn(own);
            return;
        }

        if (await RemoveInterfaceAsync(name, cancellation) is { } result)
        {
            throw new DiagnosticException(
                ExitCode.Infrastructure,
                NetworkCodes.WireguardDownFailed,
                $"wg-quick down {name} {result.Ending}: {result.Tail()}",
                $"run `sudo wg-quick down {name}` or `sudo ip link delete dev {name}`, then the command again");
        }

        // The configuration marks the interface as ours, so it is removed last.
        await PrivilegedAsync("rm", ["-f", $"{Folder}/{name}.conf"], cancellation);
        DeleteOwn(own);
    }

    // Returns the result of wg-quick if the interface is still there, else null. wg-quick refuses an interface that does not
    // answer like WireGuard's, which a killed wg-quick can leave.
    private async Task<ToolResult?> RemoveInterfaceAsync(string name, CancellationToken cancellation)
    {
        if (!ExistsHere(name))
        {
            return null;
        }

        ToolResult result = await PrivilegedAsync("wg-quick", ["down", name], cancellation);
        if (ExistsHere(name) && !OperatingSystem.IsMacOS())
        {
            await PrivilegedAsync("ip", ["link", "delete", "dev", name], cancellation);
        }

        return ExistsHere(name) ? result : null;
    }

    /// <summary>Removes a staged configuration that an interrupted run left.</summary>
    public Task RemoveStagedAsync(string deploymentId, CancellationToken cancellation) =>
        PrivilegedAsync("rm", ["-f", $"{Folder}/.tfgrid-{deploymentId}"], cancellation);

    // The deployment's folder may be gone.
    private static void DeleteOwn(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    // The kernel creates or refuses a hard link atomically, so two runs never take the same name.
    private async Task<string> ReserveAsync(DeploymentFolder folder, string source, CancellationToken cancellation)
    {
        string staged = $"{Folder}/.tfgrid-{folder.Id}";
        RequireAllowed(await PrivilegedAsync("install", ["-D", "-m", "600", source, staged], cancellation));
        try
        {
            for (int n = 0; n < MostInterfaces; n++)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"wg{n}");
                // An interface that an interrupted run of this deployment left is taken down and its name reused.
                if (await IsOursAsync(name, folder.Id, cancellation))
                {
                    await DownAsync(folder, name, cancellation);
                }

                if (ExistsHere(name))
                {
                    continue;
                }

                ToolResult link = await PrivilegedAsync("ln", [staged, $"{Folder}/{name}.conf"], cancellation);
                if (link.Succeeded)
                {
                    return name;
                }

                if (link.ExitCode != AlreadyThere)
                {
                    RequireAllowed(link);
                }
            }
        }
        finally
        {
            await PrivilegedAsync("rm", ["-f", staged], CancellationToken.None);
        }

        throw NoFreeInterface();
    }

    private static DiagnosticException NoFreeInterface() => new(
        ExitCode.Infrastructure,
        NetworkCodes.NoFreeInterface,
        $"All names wg0 to wg{MostInterfaces - 1} are taken.",
        $"remove unused files in {Folder}");

    private async Task<bool> IsOursAsync(string name, string id, CancellationToken cancellation)
    {
        ToolResult installed = await PrivilegedAsync("head", ["-n", "1", $"{Folder}/{name}.conf"], cancellation);
        if (!installed.Succeeded)
        {
            // A missing file is not ours; a refused sudo says nothing about the file.
            if (!isRoot)
            {
                RequireAllowed(await PrivilegedAsync("head", ["-n", "1", "/dev/null"], cancellation));
            }

            return false;
        }

        return installed.Output.Trim() == WireguardConfig.Marker(id);
    }

    private Task<ToolResult> PrivilegedAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellation) => runner.RunAsync(
        Privilege.Elevate(
            new ToolCommand(ExecutablePath.Find(program, path) ?? program, arguments) { TimeLimit = ToolLimit },
            isRoot), cancellation);

    // Without WireGuard in the kernel, wg-quick leaves a wireguard-go running, which a later Ctrl-C in our terminal must not
    // end. The session is opened inside sudo, because outside, sudo would not find the credentials cached for our terminal.
    private Task<ToolResult> PrivilegedInOwnSessionAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        ExecutablePath.Find("setsid", path) is null
            ? PrivilegedAsync(program, arguments, cancellation)
            : PrivilegedAsync(
                "setsid", ["--wait", ExecutablePath.Find(program, path) ?? program, .. arguments], cancellation);

    /// <summary>What to do if <c>sudo</c> is refused: one line allows all programs that are called.</summary>
    internal static string AllowIt =>
        "allow it in /etc/sudoers.d/tfgrid-compose: "
            + $"`{Environment.UserName} ALL=(root) NOPASSWD: /usr/bin/wg-quick, /usr/bin/setsid, "
            + "/usr/bin/install, /usr/bin/ln, /usr/bin/rm, /usr/bin/head, /usr/sbin/ip`";

    private static void RequireAllowed(ToolResult result)
    {
        if (!result.Succeeded)
        {
            throw new DiagnosticException(
                ExitCode.Prerequisite,
                NetworkCodes.PrivilegeRefused,
                $"The WireGuard configuration could not be written to {Folder}: {result.Tail()}",
                AllowIt);
        }
    }
}
