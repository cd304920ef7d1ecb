using System.Globalization;
using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Processes;
using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Networks;

/// <summary>This machine's end of a deployment's private network. It touches only the interface that it created.</summary>
public sealed class WireguardTunnel(IToolRunner runner, string path, bool isRoot)
{
    private const string Folder = "/etc/wireguard";
    private const int MostInterfaces = 1000;
    private const int AlreadyThere = 1;

    public static bool IsUp(string interfaceName) => Directory.Exists($"/sys/class/net/{interfaceName}");

    /// <summary>Brings the tunnel up under the lowest free wgN, or again under its recorded name, and returns the name.</summary>
    public async Task<string> UpAsync(DeploymentFolder folder, WireguardConfig config, string? recorded, CancellationToken cancellation)
    {
        if (recorded is not null)
        {
            bool unchanged = File.Exists(folder.WireguardConfig(recorded)) && await File.ReadAllTextAsync(folder.WireguardConfig(recorded), cancellation) == config.Text;
            if (unchanged && IsUp(recorded))
            {
                return recorded;
            }

            await DownAsync(folder, recorded, cancellation);
        }

        string source = folder.WireguardConfig("wg");
        PrivateFile.Write(source, config.Text);
        string name = await ReserveAsync(source, folder.Id, cancellation);
        File.Move(source, folder.WireguardConfig(name), overwrite: true);
        ToolResult result = await runner.RunAsync(OwnSession(Privileged("wg-quick", ["up", name])), cancellation);
        if (!result.Succeeded)
        {
            await RemoveConfigAsync(name, cancellation);
            throw new DiagnosticException(
                ExitCode.Infrastructure,
                NetworkCodes.WireguardUpFailed,
                $"wg-quick up {name} ended with {result.ExitCode}: {result.Tail()}",
                "mend the cause and run `tfgrid-compose up` again; it resumes here");
        }

        return name;
    }

    /// <summary>Takes the tunnel down and removes its configuration, if both are this deployment's.</summary>
    public async Task DownAsync(DeploymentFolder folder, string name, CancellationToken cancellation)
    {
        string own = folder.WireguardConfig(name);
        ToolResult installed = await PrivilegedAsync("head", ["-n", "1", $"{Folder}/{name}.conf"], cancellation);
        if (!installed.Succeeded || installed.Output.Trim() != WireguardConfig.Marker(folder.Id))
        {
            File.Delete(own);
            return;
        }

        if (IsUp(name))
        {
            ToolResult result = await PrivilegedAsync("wg-quick", ["down", name], cancellation);
            if (!result.Succeeded && IsUp(name))
            {
                throw new DiagnosticException(
                    ExitCode.Infrastructure,
                    NetworkCodes.WireguardDownFailed,
                    $"wg-quick down {name} ended with {result.ExitCode}: {result.Tail()}",
                    $"run `sudo wg-quick down {name}`, then the command again");
            }
        }

        await RemoveConfigAsync(name, cancellation);
        File.Delete(own);
    }

    // A hard link is made or refused by the kernel in one step: two runs never take one name.
    private async Task<string> ReserveAsync(string source, string id, CancellationToken cancellation)
    {
        string staged = $"{Folder}/.tfgrid-{id}";
        RequireAllowed(await PrivilegedAsync("install", ["-D", "-m", "600", source, staged], cancellation));
        try
        {
            for (int n = 0; n < MostInterfaces; n++)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"wg{n}");
                if (IsUp(name))
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

        throw new DiagnosticException(
            ExitCode.Infrastructure, NetworkCodes.NoFreeInterface, $"All names wg0 to wg{MostInterfaces - 1} are taken.", $"remove unused files in {Folder}");
    }

    private Task<ToolResult> RemoveConfigAsync(string name, CancellationToken cancellation) =>
        PrivilegedAsync("rm", ["-f", $"{Folder}/{name}.conf"], cancellation);

    private Task<ToolResult> PrivilegedAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        runner.RunAsync(Privileged(program, arguments), cancellation);

    private ToolCommand Privileged(string program, IReadOnlyList<string> arguments) =>
        Privilege.Elevate(new ToolCommand(ExecutablePath.Find(program, path) ?? program, arguments), isRoot);

    // Where the kernel has no WireGuard, wg-quick leaves a wireguard-go running; a later Ctrl-C in our terminal must not end it.
    private ToolCommand OwnSession(ToolCommand command) => ExecutablePath.Find("setsid", path) is { } setsid
        ? command with { Program = setsid, Arguments = ["--wait", command.Program, .. command.Arguments] }
        : command;

    private static void RequireAllowed(ToolResult result)
    {
        if (!result.Succeeded)
        {
            throw new DiagnosticException(
                ExitCode.Prerequisite,
                NetworkCodes.PrivilegeRefused,
                $"The WireGuard configuration could not be put into {Folder}: {result.Tail()}",
                $"allow it in /etc/sudoers.d/tfgrid-compose: `{Environment.UserName} ALL=(root) NOPASSWD: /usr/bin/wg-quick, /usr/bin/install, /usr/bin/ln, /usr/bin/rm, /usr/bin/head`");
        }
    }
}
