using TfgridCompose.Core.Deploying.Phases;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Ansible;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>Playbook and inventory as Ansible reads them, without a machine.</summary>
internal sealed class AnsibleChecks(Surroundings here, Workplace workplace)
{
    private const int ShownLines = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>The syntax of the playbook, with the inventory of a sample.</summary>
    public async Task<Verdict> PlaybookAsync(
        IPattern pattern, SamplePlan plan, Topology topology, CancellationToken cancellation)
    {
        DeploymentFolder bench = workplace.Bench;
        PatternFileSet.Of(pattern, "platform").ExtractTo(bench.Ansible, _ => false);
        string playbook = Path.Combine(bench.Ansible, PlatformPhase.Playbook);
        if (!File.Exists(playbook))
        {
            return Verdict.Passed with { Detail = $"it has no platform/{PlatformPhase.Playbook}" };
        }

        if (ExecutablePath.Find("ansible-playbook", here.Path) is null)
        {
            return Verdict.NotRun("ansible-playbook is not installed");
        }

        AnsibleInventory.Write(plan.Record(topology), bench, pattern.Inventory(plan.Facts(topology)));
        ToolResult result = await RunAsync(
            bench,
            "ansible-playbook",
            ["--syntax-check", "-i", bench.Inventory, playbook],
            cancellation);
        return result.Succeeded
            ? Verdict.Passed
            : Verdict.Of([
                new Finding(
                    $"ansible-playbook --syntax-check {result.Ending}: {result.Tail(ShownLines)}",
                    "fix the file and line that it names"),
            ]);
    }

    /// <summary>The inventory of a sample that is not deployed.</summary>
    public Task<Verdict> InventoryAsync(
        IPattern pattern, SamplePlan plan, Topology topology, CancellationToken cancellation)
    {
        DeploymentRecord record = plan.Record(topology);
        workplace.Bench.Create();
        AnsibleInventory.Write(record, workplace.Bench, pattern.Inventory(plan.Facts(topology)));
        return InventoryAsync(workplace.Bench, record, cancellation);
    }

    /// <summary>The inventory in a deployment's folder.</summary>
    public async Task<Verdict> InventoryAsync(
        DeploymentFolder folder, DeploymentRecord record, CancellationToken cancellation)
    {
        if (ExecutablePath.Find("ansible-inventory", here.Path) is null)
        {
            return Verdict.NotRun("ansible-inventory is not installed");
        }

        ToolResult result = await RunAsync(
            folder,
            "ansible-inventory",
            ["-i", folder.Inventory, "--playbook-dir", folder.Ansible, "--list"],
            cancellation);
        return result.Succeeded
            ? Verdict.Of(InventoryListing.FindingsIn(result.Output, [.. record.Hosts.Select(host => host.Name)]))
            : Verdict.Of([
                new Finding(
                    $"ansible-inventory --list {result.Ending}: {result.Tail(ShownLines)}",
                    "return groups and variables from Inventory that Ansible reads"),
            ]);
    }

    private Task<ToolResult> RunAsync(
        DeploymentFolder folder,
        string program,
        IReadOnlyList<string> arguments,
        CancellationToken cancellation) => here.Runner.RunAsync(
        new ToolCommand(program, arguments)
        {
            WorkingDirectory = folder.Ansible,
            TimeLimit = Limit,
            Environment = AnsibleEnvironment.For(folder),
        }, cancellation);
}
