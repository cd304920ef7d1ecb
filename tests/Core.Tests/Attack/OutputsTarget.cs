using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tools.Ansible;
using TfgridCompose.Core.Tools.Networks;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Patterns.Sdk;
using TfgridCompose.Tests.Shared.Attack;

namespace TfgridCompose.Core.Tests.Attack;

/// <summary>What <c>terraform output -json</c> prints, of both patterns.</summary>
internal sealed class OutputsTarget : CoreTarget
{
    private static readonly string Config = JsonSerializer.Serialize(WireguardTarget.Grid);

    private static readonly string[] Seeds =
    [
        $$"""
        {
          "primary_ip": {"sensitive": false, "type": "string", "value": "10.42.2.2"},
          "primary_ip_type": {"sensitive": false, "type": "string", "value": "wireguard"},
          "deployment_name": {"sensitive": false, "type": "string", "value": "vm_abc123xyz"},
          "node_ids": {"sensitive": false, "type": ["tuple", ["number"]], "value": [8]},
          "secondary_ips": {"sensitive": false, "type": "dynamic", "value": [
            {"name": "vm", "ip": "203.0.113.5/24", "type": "ipv4", "role": "vm"},
            {"name": "vm", "ip": "502:1::5", "type": "mycelium", "role": "vm"}
          ]},
          "mycelium_ip": {"sensitive": false, "type": "string", "value": "502:1::5"},
          "network_name": {"sensitive": false, "type": "string", "value": "net_abc123xyz"},
          "wg_config": {"sensitive": true, "type": "string", "value": {{Config}}},
          "connection_info": {"sensitive": false, "type": ["map", "string"], "value": {"ssh": "ssh root@10.42.2.2", "console": "10.42.2.1:20002"} }
        }
        """,
        $$"""
        {
          "primary_ip": {"value": "203.0.113.9"}, "primary_ip_type": {"value": "public"}, "deployment_name": {"value": "gateway_abc123xyz"},
          "node_ids": {"value": [8, 9, 10]},
          "secondary_ips": {"value": [
            {"name": "gateway", "ip": "10.42.2.2", "type": "wireguard", "role": "gateway"},
            {"name": "backend_1", "ip": "10.42.3.2", "type": "wireguard", "role": "backend"},
            {"name": "backend_2", "ip": "10.42.4.2", "type": "wireguard", "role": "backend"}
          ]},
          "mycelium_ip": {"value": null}, "network_name": {"value": "net_abc123xyz"}, "wg_config": {"value": {{Config}}}
        }
        """,
    ];

    public override string Name => "outputs";

    public override AttackInput Make(Random random, int number) => Json(random, Seeds);

    public override string Take(AttackInput input, string folder)
    {
        var runner = new RecordingRunner(command => command.Arguments is ["output", ..]
            ? RecordingRunner.Result(0, Encoding.UTF8.GetString(input.Bytes)) : null);
        Surroundings here = Here(folder, runner);
        DeploymentFolder own = here.Home.Deployment(RecordSeeds.Id);
        own.Create();
        IReadOnlyDictionary<string, JsonElement> outputs =
            new TerraformWorkspace(own, new TerraformTool("/nowhere/terraform"), new Dictionary<string, string?>(), runner, here.Events)
                .OutputsAsync(CancellationToken.None).GetAwaiter().GetResult();
        AttackPattern pattern = outputs.TryGetValue("mycelium_ip", out JsonElement mycelium) && mycelium.ValueKind == JsonValueKind.Null
            ? AttackPattern.Gateway
            : AttackPattern.Single;
        OutputsResult result = new GuardedPattern(pattern.Name, pattern.Pattern).ReadOutputs(new OutputsRequest
        {
            Outputs = outputs,
            Hosts = pattern.Hosts,
            IpRange = "10.42.0.0/16",
        });
        if (result.Values is not { } values)
        {
            AttackFailure.Unless(result.Violations.Count > 0, "refused without a reason");
            return TerraformCodes.ContractViolated;
        }

        DeploymentRecord record = Adopted(result, values, pattern);
        string? problem = RecordCheck.ProblemOf(record);
        AttackFailure.Unless(problem is null, $"what was accepted is no valid record: {problem}");
        Use(pattern, record, own);
        RecordUse.Of(here, runner, record);
        WireguardTarget.Hold(WireguardConfig.Narrow(values.WireguardConfig ?? WireguardTarget.Grid, record.IpRange, record.Id).Text);
        return Accepted;
    }

    // As the phase does.
    private static DeploymentRecord Adopted(OutputsResult result, ContractValues values, AttackPattern pattern) => RecordSeeds.Single with
    {
        Hosts =
        [
            .. DeploymentConversion.WithAddresses([.. pattern.Hosts.Select(DeploymentConversion.ToRecord)], result.Hosts)
                .Select(host => host with { SshAddress = host.Addresses[0].Ip }),
        ],
        Outputs = DeploymentConversion.ToRecord(values),
        AppHosts = [],
        Checks = [],
    };

    private static void Use(AttackPattern pattern, DeploymentRecord record, DeploymentFolder own)
    {
        var guarded = new GuardedPattern(pattern.Name, pattern.Pattern);
        DeploymentFacts facts = pattern.FactsOf(record);
        Inventory inventory = guarded.Inventory(facts);
        AnsibleInventory.Write(record, own, inventory);
        Rules.Variables(AnsibleInventory.Variables(inventory.Variables));
        AttackFailure.Unless(
            guarded.Endpoints(facts)
                .All(endpoint => Uri.TryCreate(endpoint.Url, UriKind.Absolute, out _) && !endpoint.Url.Any(char.IsControl)),
            "an endpoint that is no address");
        _ = guarded.AppTargets(facts);
        _ = guarded.Verification(facts);
    }
}
