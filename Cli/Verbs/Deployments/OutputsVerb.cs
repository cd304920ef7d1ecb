using System.Text.Json;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Cli.Verbs.Deployments;

/// <summary>The outputs that the pattern contract requires, as recorded; no secret WireGuard configuration.</summary>
internal static class OutputsVerb
{
    public static async Task<int> RunAsync(OutputsOptions options, VerbContext context, CancellationToken cancellation)
    {
        DeploymentRecord record = await context.FindAsync(options.Target, options.Name, cancellation);
        IReadOnlyDictionary<string, string> outputs = Of(record);
        if (options.Key is not { } key)
        {
            context.Streams.Out.Write(context.Global.Json
                ? JsonSerializer.Serialize(outputs) + "\n"
                : string.Concat(outputs.Select(pair => $"{pair.Key} = {pair.Value}\n")));
            return 0;
        }

        string value = outputs.GetValueOrDefault(key) ?? throw new DiagnosticException(
            ExitCode.Usage,
            CliCodes.BadArguments,
            $"{record.Name} ({record.Id}) has no output '{key}'.",
            $"name one of {string.Join(", ", outputs.Keys)}");
        context.Streams.Out.WriteLine(value);
        return 0;
    }

    private static Dictionary<string, string> Of(DeploymentRecord record)
    {
        var outputs = new Dictionary<string, string>();
        if (record.Outputs is not { } recorded)
        {
            return outputs;
        }

        outputs["primary_ip"] = recorded.PrimaryIp;
        outputs["primary_ip_type"] = recorded.PrimaryIpType;
        outputs["deployment_name"] = recorded.DeploymentName;
        outputs["node_ids"] = string.Join(',', recorded.NodeIds);
        outputs["mycelium_ip"] = recorded.MyceliumIp ?? "";
        outputs["network_name"] = recorded.NetworkName ?? "";
        foreach ((string name, string value) in recorded.ConnectionInfo)
        {
            outputs[$"connection_info.{name}"] = value;
        }

        return outputs;
    }
}
