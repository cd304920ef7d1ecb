using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Networks;

namespace TfgridCompose.Core.Tests.Tools.Networks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WireguardTunnelTests : IDisposable
{
    private static readonly WireguardConfig Config = new("# tfgrid-compose deployment abc\n[Interface]\n");
    private readonly TestHome _home = new();
    private readonly DeploymentFolder _folder;
    private readonly string _path;
    private readonly List<string> _recorded = [];
    private readonly HashSet<string> _up = [];

    public WireguardTunnelTests()
    {
        _folder = _home.Home.Deployment("abc");
        _folder.Create();
        _path = _home.Folder("bin");
        foreach (string tool in new[] { "setsid", "wg-quick" })
        {
            File.WriteAllText(Path.Combine(_path, tool), "#!/bin/sh\n");
            File.SetUnixFileMode(Path.Combine(_path, tool), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    public void Dispose() => _home.Dispose();

    [Test]
    public async Task A_free_name_is_taken_and_brought_up()
    {
        var runner = new RecordingRunner(Refusing("wg0", "wg1"));

        string name = await UpAsync(runner, isRoot: true);

        Assert.That((name, _recorded), Is.EqualTo(("wg2", (List<string>)["wg2"])));
        Assert.That(Short(runner), Is.EqualTo([
            $"install -D -m 600 {_folder.Path}/wg.conf /etc/wireguard/.tfgrid-abc",
            "head -n 1 /etc/wireguard/wg0.conf", "ln /etc/wireguard/.tfgrid-abc /etc/wireguard/wg0.conf",
            "head -n 1 /etc/wireguard/wg1.conf", "ln /etc/wireguard/.tfgrid-abc /etc/wireguard/wg1.conf",
            "head -n 1 /etc/wireguard/wg2.conf", "ln /etc/wireguard/.tfgrid-abc /etc/wireguard/wg2.conf",
            "rm -f /etc/wireguard/.tfgrid-abc",
            $"setsid --wait {_path}/wg-quick up wg2",
        ]));
        Assert.That(File.GetUnixFileMode(_folder.WireguardConfig("wg2")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task An_interface_that_is_up_is_passed_over()
    {
        _up.Add("wg0");
        var runner = new RecordingRunner(Refusing());

        Assert.That(await UpAsync(runner, isRoot: true), Is.EqualTo("wg1"));
        Assert.That(Short(runner), Has.None.EqualTo("ln /etc/wireguard/.tfgrid-abc /etc/wireguard/wg0.conf"));
    }

    [Test]
    public async Task Who_is_not_root_goes_through_sudo_that_never_asks()
    {
        var runner = new RecordingRunner(Refusing());

        await UpAsync(runner, isRoot: false);

        Assert.That(runner.Lines.SkipLast(1), Has.All.StartsWith("sudo -n -- "));
        Assert.That(Short(runner)[^1], Is.EqualTo($"sudo -n -- {_path}/setsid --wait {_path}/wg-quick up wg0"));
    }

    [Test]
    public async Task Where_sudo_refuses_the_error_says_what_to_allow()
    {
        var runner = new RecordingRunner(_ => RecordingRunner.Result(1, error: "sudo: a password is required"));

        DiagnosticException problem = (await Assert.ThrowsAsync<DiagnosticException>(() => UpAsync(runner, isRoot: false)))!;

        Assert.That((problem.ExitCode, problem.Diagnostics[0].Code), Is.EqualTo((ExitCode.Prerequisite, "TFC0331")));
        Assert.That(
            problem.Diagnostics[0].Message,
            Is.EqualTo("The WireGuard configuration could not be written to /etc/wireguard: sudo: a password is required"));
        Assert.That(problem.Diagnostics[0].Remedy, Does.Contain("/etc/sudoers.d/").And.Contain("NOPASSWD"));
        Assert.That(runner.Commands, Has.Count.EqualTo(1), "nothing else is tried");
    }

    [Test]
    public async Task A_wg_quick_that_was_killed_leaves_no_interface_and_its_configuration_stays()
    {
        var runner = new RecordingRunner(command =>
        {
            if (command.Arguments is [.., "up", _])
            {
                _up.Add("wg0");
                return RecordingRunner.Result(9, error: "setsid: child 42 did not exit normally");
            }

            _up.ExceptWith(command.Arguments is ["down", var name] ? [name] : []);
            return Refusing()(command);
        });

        Assert.That(() => UpAsync(runner, isRoot: true), Throws.TypeOf<DiagnosticException>());

        Assert.That(_up, Is.Empty);
        Assert.That(Short(runner)[^1], Is.EqualTo("wg-quick down wg0"));
        Assert.That(_recorded, Is.EqualTo(["wg0"]));
        Assert.That(File.Exists(_folder.WireguardConfig("wg0")), "what makes the interface may still be at work");
    }

    [Test]
    public async Task An_interface_that_wg_quick_does_not_know_is_deleted_all_the_same()
    {
        _up.Add("wg0");
        var runner = new RecordingRunner(command =>
        {
            _up.ExceptWith(command.Arguments is ["link", "delete", "dev", var name] ? [name] : []);
            return command.Arguments is ["down", _]
                ? RecordingRunner.Result(1, error: "wg-quick: `wg0' is not a WireGuard interface")
                : RecordingRunner.Result(0, "# tfgrid-compose deployment abc\n");
        });

        await Tunnel(runner, isRoot: true).DownAsync(_folder, "wg0", CancellationToken.None);

        Assert.That(Short(runner), Is.EqualTo([
            "head -n 1 /etc/wireguard/wg0.conf", "wg-quick down wg0", "ip link delete dev wg0", "rm -f /etc/wireguard/wg0.conf",
        ]));
    }

    [Test]
    public async Task A_tunnel_that_does_not_come_up_says_why_and_what_is_left()
    {
        var runner = new RecordingRunner(command =>
        {
            _up.UnionWith(command.Arguments is [.., "up", var name] ? [name] : []);
            return command.Arguments is [.., "up", _]
                ? RecordingRunner.Result(1, error: "RTNETLINK: no")
                : Refusing()(command);
        });

        DiagnosticException problem = (await Assert.ThrowsAsync<DiagnosticException>(() => UpAsync(runner, isRoot: true)))!;

        Assert.That((problem.ExitCode, problem.Diagnostics[0].Code), Is.EqualTo((ExitCode.Infrastructure, "TFC0443")));
        Assert.That(
            problem.Message,
            Does.Contain("wg-quick up wg0 ended with exit code 1: RTNETLINK: no\nThe interface wg0 is still there."));
        Assert.That(Short(runner), Has.None.EqualTo("rm -f /etc/wireguard/wg0.conf"));
    }

    [Test]
    public async Task An_interface_that_is_not_ours_is_never_touched()
    {
        File.WriteAllText(_folder.WireguardConfig("wg0"), "ours");
        var runner = new RecordingRunner(_ => RecordingRunner.Result(0, "# tfgrid-compose deployment another\n"));

        await new WireguardTunnel(runner, _path, isRoot: true).DownAsync(_folder, "wg0", CancellationToken.None);

        Assert.That(Short(runner), Is.EqualTo(["head -n 1 /etc/wireguard/wg0.conf"]));
        Assert.That(File.Exists(_folder.WireguardConfig("wg0")), Is.False);
    }

    [Test]
    public async Task Ours_is_removed_even_where_the_interface_is_gone()
    {
        var runner = new RecordingRunner(_ => RecordingRunner.Result(0, "# tfgrid-compose deployment abc\n"));

        await new WireguardTunnel(runner, _path, isRoot: true).DownAsync(_folder, "wg-none", CancellationToken.None);

        Assert.That(Short(runner), Is.EqualTo(["head -n 1 /etc/wireguard/wg-none.conf", "rm -f /etc/wireguard/wg-none.conf"]));
    }

    [Test]
    public async Task An_interface_that_was_left_half_made_is_taken_down_and_made_again()
    {
        var runner = new RecordingRunner(command => command.Program.EndsWith("head", StringComparison.Ordinal)
            ? RecordingRunner.Result(0, "# tfgrid-compose deployment abc\n")
            : null);
        _folder.Create();
        await File.WriteAllTextAsync(_folder.WireguardConfig("wg0"), Config.Text);
        var exists = new HashSet<string> { "wg0" };
        var tunnel = new WireguardTunnel(runner, _path, isRoot: true) { IsUpHere = _ => false, ExistsHere = name => exists.Remove(name) };

        await tunnel.UpAsync(_folder, Config, "wg0", _recorded.Add, CancellationToken.None);

        string[] calls = [.. Short(runner).Where(line => line.Contains("wg-quick", StringComparison.Ordinal))];
        Assert.That(calls, Has.Length.EqualTo(2));
        Assert.That(calls[0], Does.EndWith("wg-quick down wg0"));
        Assert.That(calls[1], Does.EndWith("wg-quick up wg0"));
    }

    [Test]
    public async Task A_tunnel_that_does_not_go_down_keeps_its_configuration()
    {
        File.WriteAllText(_folder.WireguardConfig("wg0"), Config.Text);
        _up.Add("wg0");
        var runner = new RecordingRunner(command => command.Arguments is ["down", _]
            ? RecordingRunner.Result(1, error: "Device or resource busy")
            : RecordingRunner.Result(0, "# tfgrid-compose deployment abc\n"));

        DiagnosticException problem = (await Assert.ThrowsAsync<DiagnosticException>(
            () => Tunnel(runner, isRoot: true).DownAsync(_folder, "wg0", CancellationToken.None)))!;

        Assert.That(
            (problem.ExitCode, problem.Diagnostics.Single()),
            Is.EqualTo((ExitCode.Infrastructure, Diagnostic.Error(
                NetworkCodes.WireguardDownFailed,
                "wg-quick down wg0 ended with exit code 1: Device or resource busy",
                "run `sudo wg-quick down wg0` or `sudo ip link delete dev wg0`, then the command again"))));
        Assert.That(Short(runner), Has.None.StartsWith("rm "));
        Assert.That(File.Exists(_folder.WireguardConfig("wg0")));
    }

    [Test]
    public async Task A_tunnel_that_is_gone_after_a_failed_down_loses_its_configuration_too()
    {
        File.WriteAllText(_folder.WireguardConfig("wg0"), Config.Text);
        _up.Add("wg0");
        var runner = new RecordingRunner(command =>
        {
            bool isDown = command.Arguments is ["down", _];
            _up.ExceptWith(isDown ? ["wg0"] : []);
            return RecordingRunner.Result(isDown ? 1 : 0, "# tfgrid-compose deployment abc\n");
        });

        await Tunnel(runner, isRoot: true).DownAsync(_folder, "wg0", CancellationToken.None);

        Assert.That(Short(runner)[^1], Is.EqualTo("rm -f /etc/wireguard/wg0.conf"));
        Assert.That(File.Exists(_folder.WireguardConfig("wg0")), Is.False);
    }

    [Test]
    public async Task When_all_names_are_taken_the_folder_to_clean_up_is_named()
    {
        var runner = new RecordingRunner(Refusing());
        var tunnel = new WireguardTunnel(runner, _path, isRoot: true) { ExistsHere = _ => true };

        DiagnosticException problem = (await Assert.ThrowsAsync<DiagnosticException>(
            () => tunnel.UpAsync(_folder, Config, null, _recorded.Add, CancellationToken.None)))!;

        Assert.That(
            (problem.ExitCode, problem.Diagnostics.Single()),
            Is.EqualTo((ExitCode.Infrastructure, Diagnostic.Error(
                NetworkCodes.NoFreeInterface,
                "All names wg0 to wg999 are taken.",
                "remove unused files in /etc/wireguard"))));
        Assert.That(Short(runner)[^1], Is.EqualTo("rm -f /etc/wireguard/.tfgrid-abc"));
        Assert.That(_recorded, Is.Empty);
    }

    // No configuration is ours yet; these names are taken by others.
    private static Func<ToolCommand, ToolResult?> Refusing(params string[] names) => command =>
        command.Arguments[^1] == "/dev/null" ? null
        : command.Arguments.Contains("-n") && command.Arguments.Contains("1") ? RecordingRunner.Result(1, error: "No such file")
        : names.Any(name => command.Arguments[^1] == $"/etc/wireguard/{name}.conf"
            && command.Arguments.Count == 2) ? RecordingRunner.Result(
            1,
            error: "File exists")
        : null;

    private static string[] Short(RecordingRunner runner) =>
        [.. runner.Commands.Select(command => string.Join(' ', [Path.GetFileName(command.Program), .. command.Arguments]))];

    private Task<string> UpAsync(RecordingRunner runner, bool isRoot) =>
        Tunnel(runner, isRoot).UpAsync(_folder, Config, null, _recorded.Add, CancellationToken.None);

    private WireguardTunnel Tunnel(RecordingRunner runner, bool isRoot) =>
        new(runner, _path, isRoot) { IsUpHere = _up.Contains, ExistsHere = _up.Contains };
}
