using System.Text.Json;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Cli.Verbs.Deployments;

internal static class AddressVerb
{
    public static async Task<int> RunAsync(TargetOptions options, VerbContext context, CancellationToken cancellation)
    {
        DeploymentRecord record = await context.FindAsync(options.Target, options.Name, cancellation);
        string primary = record.Outputs?.PrimaryIp ?? throw new DiagnosticException(
            ExitCode.Conflict,
            StateCodes.NotRunning,
            $"{record.Name} ({record.Id}) has no address yet; its status is {record.Status.Word()}.",
            $"bring it up: {Product.Name} up {record.AppPath}");
        context.Streams.Out.WriteLine(context.Global.Json ? Json(record, primary) : primary);
        return 0;
    }

    private static string Json(DeploymentRecord record, string primary) => JsonSerializer.Serialize(new
    {
        primary_ip = primary,
        primary_ip_type = record.Outputs?.PrimaryIpType,
        hosts = record.Hosts.Select(host => new
        {
            name = host.Name,
            addresses = host.Addresses.Select(address => new { network = address.Network, ip = address.Ip }),
        }),
        endpoints = record.Endpoints.Select(endpoint => new { name = endpoint.Name, url = endpoint.Url }),
    });
}
