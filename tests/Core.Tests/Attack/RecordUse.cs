using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Values;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Removing;
using TfgridCompose.Core.Sharing.Machines;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tools.Ansible;
using TfgridCompose.Core.Tools.Apps;
using TfgridCompose.Core.Tools.Checks;
using TfgridCompose.Core.Tools.Networks;
using TfgridCompose.Core.Tools.Ssh;
using TfgridCompose.Core.Tools.Terraform.States;
using TfgridCompose.Patterns.Sdk;
using TfgridCompose.Tests.Shared.Attack;

namespace TfgridCompose.Core.Tests.Attack;

/// <summary>Everything that the verbs derive from a record, each held against its rule.</summary>
internal sealed class RecordUse(Surroundings here, RecordingRunner runner, DeploymentRecord record)
{
    private const string Group = "vms";
    private static readonly string[] RemoveFlags = ["-f", "-n", "-c", "-W"];
    private readonly DeploymentFolder _folder = here.Home.Deployment(record.Id);

    public static void Of(Surroundings here, RecordingRunner runner, DeploymentRecord record)
    {
        var use = new RecordUse(here, runner, record);
        use.Lay();
        use.LogIn();
        use.Configure();
        use.Hooks();
        use.Tunnel();
        use.Commands();
        use.Look();
        use.Remove();
    }

    private void Lay()
    {
        Rules.Below(here.Home.Deployments, _folder.Path);
        AttackFailure.Unless(Path.GetDirectoryName(_folder.Path) == here.Home.Deployments, $"the folder is {_folder.Path}");
        foreach (string host in record.Hosts.Select(host => host.Name).Concat(record.AppHosts).Concat(record.Replacing))
        {
            Rules.Below(_folder.Path, _folder.HookLog("setup", host));
            Rules.Below(_folder.Path, Path.Combine(_folder.Ansible, "facts", host));
        }

        here.Store.Save(record);
        Rules.StateYaml(File.ReadAllText(_folder.State));
        AttackFailure.Unless(here.Store.Load(record.Id) is not null, "what was saved cannot be read");
        AttackFailure.Unless(new DeploymentIndex(here.Home).Read().Any(entry => entry.Id == record.Id), "it is not in the index");
        new DeploymentLocator(here.Store, new DeploymentIndex(here.Home), here.CurrentFolder).Find(record.Id, name: null);
    }

    private void LogIn()
    {
        foreach (RecordedHost host in record.Hosts)
        {
            foreach (string address in host.Addresses.Select(each => each.Ip).Append(host.SshAddress ?? "10.42.1.2"))
            {
                var connection = SshConnection.To(record, _folder, host.Name, address);
                Rules.Ssh(connection.Command("true", learnHostKey: true));
                Rules.Ssh(connection.Interactive(null, terminal: true));
                if (connection.ControlPath != "none")
                {
                    Rules.Below(_folder.Path, connection.ControlPath);
                }
            }
        }
    }

    private void Configure()
    {
        IReadOnlyList<HostFacts> facts = DeploymentConversion.ToFacts(record.Hosts);
        var inventory = new Inventory
        {
            Groups = [new InventoryGroup { Name = Group, Hosts = [.. record.Hosts.Select(host => host.Name)] }],
            Variables = new Dictionary<string, object?>
            {
                ["hosts"] = facts.Select(fact => fact.Role).ToArray(),
                ["info"] = record.Outputs?.ConnectionInfo.Values.ToArray(),
                ["values"] = new[] { record.Name, record.AppVersion, record.Outputs?.DeploymentName },
            },
        };
        AnsibleInventory.Write(record, _folder, inventory);
        IEnumerable<string> reached = record.Hosts.Where(host => host.SshAddress is not null).Select(host => host.Name);
        Rules.Inventory(File.ReadAllText(_folder.Inventory), reached, Group);
        Rules.Variables(File.ReadAllText(Path.Combine(_folder.Ansible, "group_vars", "all.json")));
        StateEncryption.PassphraseOf(record.Seed);
    }

    private void Hooks()
    {
        foreach (RecordedHost host in record.Hosts)
        {
            KeyValuePair<string, string>[] facts = [.. HookVariables.Facts(record, host, Manifest(), domain: null)];
            string file = EnvFileText.Of(facts.Select(pair => new EnvironmentValue(pair.Key, pair.Value)));
            EnvFileRule.Hold(file, facts);
        }
    }

    private void Tunnel()
    {
        var tunnel = new WireguardTunnel(runner, "/nowhere", isRoot: true) { ExistsHere = _ => false, IsUpHere = _ => false };
        if (record.WireguardInterface is { } name)
        {
            tunnel.DownAsync(_folder, name, CancellationToken.None).GetAwaiter().GetResult();
        }

        tunnel.RemoveStagedAsync(record.Id, CancellationToken.None).GetAwaiter().GetResult();
        Took(() => TunnelRule.EnforceAsync(here, record, CancellationToken.None).GetAwaiter().GetResult());
        foreach (ToolCommand command in runner.Commands.Where(command => command.Program is "head" or "rm" or "wg-quick" or "ip"))
        {
            AttackFailure.Unless(
                command.Arguments.All(word => word[0] != '-' || RemoveFlags.Contains(word)),
                $"root's {command}: an option of the record's");
            foreach (string path in command.Arguments.Where(word => word.Contains('/', StringComparison.Ordinal) && word != "/dev/null"))
            {
                AttackFailure.Unless(
                    Path.GetDirectoryName(Path.GetFullPath(path)) == WireguardTunnel.Folder, $"root's {command}: a path of the record's");
            }
        }
    }

    private void Commands()
    {
        foreach (IReadOnlyList<string> words in record.Commands.Select(command => command.Command)
            .Concat(record.PendingSteps.Select(step => step.Command)))
        {
            Rules.Quoted(ShellQuote.Words(words), words);
        }

        foreach (RecordedHost host in record.Hosts.Where(host => host.SshAddress is not null))
        {
            new StatusCommands(runner).OnAsync(record, host, _folder, CancellationToken.None).GetAwaiter().GetResult();
        }

        var checks = new CheckRunner(runner, TimeProvider.System, TimeSpan.Zero);
        foreach (VerificationCheck check in record.Checks.Select(check => check.ToCheck()).OfType<VerificationCheck>())
        {
            AttackFailure.Unless(CheckRunner.Describe(check).Length > 0, "a check without a name");
            if (check is SshCheck or CommandCheck)
            {
                checks.TryAsync(check, record, _folder, CancellationToken.None).GetAwaiter().GetResult();
            }
        }

        foreach (ToolCommand command in runner.Commands.Where(command => command.Program == SshConnection.Program))
        {
            Rules.Ssh(command.Arguments);
        }
    }

    private void Look()
    {
        SecretPrints.Of(record).Mask("a line of a log with pa$$word in it");
        _ = record.ContractIds();
        _ = TunnelRule.HasOtherWay(record);
        if (TunnelRule.Elsewhere(record) is { } elsewhere)
        {
            _ = TunnelRule.Problem(record, elsewhere);
        }
    }

    private void Remove()
    {
        here.Ranges.TryTake(record.IpRange, _folder.Path, out _);
        Rules.Below(here.Ranges.Folder, Directory.GetFiles(here.Ranges.Folder).Max()!);
        var ended = EndedDeployment.Of(record, record.UpdatedAt, EndedDeployment.ByGrid);
        new DeploymentRemoval(here, new DeploymentIndex(here.Home)).Remove(ended);
        AttackFailure.Unless(new EndedDeployments(here.Home).Find(record.Id) is not null, "its tombstone cannot be read");
    }

    private static void Took(Action work)
    {
        try
        {
            work();
        }
        catch (DiagnosticException)
        {
            // A tunnel that is elsewhere is a refusal of its own.
        }
    }

    private static Manifest Manifest() => Core.Manifests.Reading.ManifestFile.Parse("name: a\npattern: x\n", "m.yaml", "/").Manifest;
}
