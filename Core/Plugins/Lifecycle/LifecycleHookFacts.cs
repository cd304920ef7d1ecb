using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Core.Plugins.Lifecycle;

/// <summary>
/// The facts that a hook gets on its standard input, without seed, mnemonic or environment values.
/// <c>docs/lifecycle-plugins.md</c> is the reference.
/// </summary>
public sealed record LifecycleHookFacts
{
    private const int Schema = 1;

    public required string AppName { get; init; }

    public required string AppVersion { get; init; }

    public required string AppPath { get; init; }

    public required string PatternName { get; init; }

    public required string Grid { get; init; }

    /// <summary>Null before the deployment is created.</summary>
    public DeploymentRecord? Deployment { get; init; }

    public static LifecycleHookFacts Of(DeploymentRecord record) => new()
    {
        AppName = record.AppName,
        AppVersion = record.AppVersion,
        AppPath = record.AppPath,
        PatternName = record.PatternName,
        Grid = record.Grid,
        Deployment = record,
    };

    /// <summary>The facts that are known during validation.</summary>
    public static LifecycleHookFacts Of(Manifest manifest, string grid, DeploymentRecord? existing) => new()
    {
        AppName = manifest.Name,
        AppVersion = manifest.Version,
        AppPath = manifest.AppFolder,
        PatternName = manifest.Pattern.Name,
        Grid = grid,
        Deployment = existing,
    };

    /// <param name="time">Before or after.</param>
    /// <param name="moment">A phase's word, or <c>down</c>.</param>
    /// <param name="folder">The deployment's folder, or null if there is none.</param>
    public byte[] Json(LifecycleHookTime time, string moment, string? folder)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            json.WriteString("event", time.Word());
            json.WriteString("phase", moment);
            json.WriteString("grid", Grid);
            WriteIdentity(json, folder);
            WriteHosts(json);
            WriteEndpoints(json);
            json.WriteEndObject();
        }

        return [.. stream.ToArray(), (byte)'\n'];
    }

    // The generated ToString would print the deployment with its seed.
    public override string ToString() => Encoding.UTF8.GetString(Json(LifecycleHookTime.Before, "", null));

    private void WriteIdentity(Utf8JsonWriter json, string? folder)
    {
        json.WriteStartObject("deployment");
        json.WriteString("id", Deployment?.Id);
        json.WriteString("name", Deployment?.Name);
        json.WriteString("folder", folder);
        json.WriteEndObject();
        json.WriteStartObject("app");
        json.WriteString("name", AppName);
        json.WriteString("version", AppVersion);
        json.WriteString("path", AppPath);
        json.WriteEndObject();
        json.WriteStartObject("pattern");
        json.WriteString("name", PatternName);
        json.WriteString("version", Deployment?.PatternVersion);
        json.WriteEndObject();
    }

    private void WriteHosts(Utf8JsonWriter json)
    {
        json.WriteStartArray("hosts");
        foreach (RecordedHost host in Deployment?.Hosts ?? [])
        {
            json.WriteStartObject();
            json.WriteString("name", host.Name);
            json.WriteString("role", host.Role);
            json.WriteNumber("node_id", host.NodeId);
            json.WriteNumber("cpu", host.Cpu);
            json.WriteNumber("memory_mb", host.MemoryMb);
            json.WriteNumber("disk_gb", host.DiskGb);
            json.WriteString("ssh_address", host.SshAddress);
            json.WriteStartArray("addresses");
            foreach (RecordedAddress address in host.Addresses)
            {
                json.WriteStartObject();
                json.WriteString("network", address.Network);
                json.WriteString("ip", address.Ip);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteEndpoints(Utf8JsonWriter json)
    {
        json.WriteStartArray("endpoints");
        foreach (RecordedEndpoint endpoint in Deployment?.Endpoints ?? [])
        {
            json.WriteStartObject();
            json.WriteString("name", endpoint.Name);
            json.WriteString("url", endpoint.Url);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
