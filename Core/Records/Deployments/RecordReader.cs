using System.Text.Json;
using TfgridCompose.Core.Records.Json;

namespace TfgridCompose.Core.Records.Deployments;

/// <summary>
/// Reads a deployment's record from the JSON that <see cref="RecordJson"/> writes; a test compares the two, member by member.
/// </summary>
internal static class RecordReader
{
    public static DeploymentRecord Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return WithAppInputs(JsonMembers.Read(document.RootElement, Record));
    }

    private static DeploymentRecord Record(JsonMembers from) => new()
    {
        Schema = from.Number("schema", DeploymentRecord.CurrentSchema),
        WrittenBy = from.TextOrNull("written_by"),
        Id = from.Text("id"),
        Name = from.Text("name"),
        AppName = from.Text("app_name"),
        AppVersion = from.TextOrNull("app_version") ?? "",
        AppPath = from.Text("app_path"),
        PatternName = from.Text("pattern_name"),
        PatternVersion = from.TextOrNull("pattern_version") ?? "",
        Grid = from.Text("grid"),
        Status = StatusOf(from.TextOrNull("status")),
        CreatedAt = from.Time("created_at"),
        UpdatedAt = from.Time("updated_at"),
        IpRange = from.Text("ip_range"),
        Seed = from.Text("seed"),
        SshUser = from.TextOrNull("ssh_user") ?? "root",
        SshKey = from.TextOrNull("ssh_key"),
        SshPublicKeys = from.Texts("ssh_public_keys"),
        Hosts = from.Items("hosts").ConvertAll(Host),
        Outputs = from.Object("outputs") is { } outputs ? Outputs(outputs) : null,
        WireguardInterface = from.TextOrNull("wireguard_interface"),
        DestroyBeforeRetry = from.Texts("destroy_before_retry"),
        Endpoints = from.Items("endpoints").ConvertAll(Endpoint),
        SharedState = from.Object("shared_state") is { } state
            ? new RecordedBackend(state.Text("backend"), state.Text("location"), state.Text("remove_command"))
            : null,
        Tunnel = from.Object("tunnel") is { } tunnel ? Tunnel(tunnel) : null,
        AuthorizedKeys = from.Texts("authorized_keys"),
        AppHosts = from.Texts("app_hosts"),
        Replacing = from.Texts("replacing"),
        PendingSteps = from.Items("pending_steps").ConvertAll(Step),
        Checks = from.Items("checks").ConvertAll(Check),
        Commands = from.Items("commands").ConvertAll(Command),
        SecretPrints = from.Items("secret_prints").ConvertAll(SecretPrintOf),
        LogService = from.TextOrNull("log_service"),
        LogLocation = from.TextOrNull("log_location"),
        Contracts = from.Items("contracts").ConvertAll(Contract),
        PhaseInputs = from.Items("phase_inputs").ConvertAll(Inputs),
        Values = from.Items("values").ConvertAll(Value),
        StateLineage = from.TextOrNull("state_lineage"),
        DoubtfulContracts = from.Items("doubtful_contracts").ConvertAll(item => item.GetInt64()),
    };

    // An older version recorded no app inputs. A running deployment's hosts have the app, so null, which means "never",
    // would be wrong there.
    private static DeploymentRecord WithAppInputs(DeploymentRecord record) =>
        record.Status == DeploymentStatus.Running && record.Hosts.All(host => host.AppInputs is null)
        ? record with
        {
            Hosts = [.. record.Hosts.Select(host => record.AppHosts.Contains(host.Name) ? host with { AppInputs = "" } : host)],
        }
        : record;

    public static DeploymentStatus StatusOf(string? word)
    {
        foreach (DeploymentStatus status in new[]
        {
            DeploymentStatus.Deploying,
            DeploymentStatus.Running,
            DeploymentStatus.Failed,
            DeploymentStatus.Destroying,
        })
        {
            if (word is null || status.Word() == word)
            {
                return status;
            }
        }

        throw new JsonException($"there is no status {word}");
    }

    private static RecordedHost Host(JsonElement item)
    {
        var from = new JsonMembers(item);
        return new RecordedHost
        {
            Name = from.Text("name"),
            Role = from.Text("role"),
            Cpu = from.Number("cpu"),
            MemoryMb = from.Number("memory_mb"),
            DiskGb = from.Number("disk_gb"),
            NodeId = from.Number("node_id"),
            Addresses = from.Items("addresses").ConvertAll(Address),
            SshAddress = from.TextOrNull("ssh_address"),
            AppInputs = from.TextOrNull("app_inputs"),
            OutOfService = from.FlagOrNull("out_of_service") ?? false,
        };
    }

    private static RecordedAddress Address(JsonElement item)
    {
        var from = new JsonMembers(item);
        return new(from.Text("network"), from.Text("ip"));
    }

    private static RecordedOutputs Outputs(JsonMembers from)
    {
        var connection = new Dictionary<string, string>();
        if (from.Object("connection_info") is { } info)
        {
            foreach (JsonProperty property in info.Value.EnumerateObject())
            {
                connection[property.Name] = property.Value.GetString() ?? "";
            }
        }

        return new RecordedOutputs
        {
            PrimaryIp = from.Text("primary_ip"),
            PrimaryIpType = from.Text("primary_ip_type"),
            DeploymentName = from.Text("deployment_name"),
            NodeIds = from.Items("node_ids").ConvertAll(item => item.GetInt32()),
            MyceliumIp = from.TextOrNull("mycelium_ip"),
            NetworkName = from.TextOrNull("network_name"),
            WireguardFingerprint = from.TextOrNull("wireguard_fingerprint"),
            ConnectionInfo = connection,
        };
    }

    private static SecretPrint SecretPrintOf(JsonElement item)
    {
        var from = new JsonMembers(item);
        return new(from.Number("length"), from.Text("hash"));
    }

    private static RecordedEndpoint Endpoint(JsonElement item)
    {
        var from = new JsonMembers(item);
        return new(from.Text("name"), from.Text("url"));
    }

    private static TunnelHolder Tunnel(JsonMembers from) =>
        new(from.Text("host"), from.Text("user"), from.Text("interface"), from.Time("since"), from.TextOrNull("machine"));

    private static RecordedStep Step(JsonElement item)
    {
        var from = new JsonMembers(item);
        return new(from.Text("host"), from.Texts("command"), from.Text("description"));
    }

    private static RecordedCheck Check(JsonElement item)
    {
        var from = new JsonMembers(item);
        return new RecordedCheck
        {
            Kind = from.Text("kind"),
            Host = from.Text("host"),
            Port = from.Number("port"),
            Path = from.TextOrNull("path"),
            Status = from.Number("status"),
            Command = from.Texts("command"),
        };
    }

    private static RecordedCommand Command(JsonElement item)
    {
        var from = new JsonMembers(item);
        return new RecordedCommand
        {
            Name = from.Text("name"),
            Description = from.TextOrNull("description") ?? "",
            Role = from.Text("role"),
            Command = from.Texts("command"),
            InStatus = from.FlagOrNull("in_status") ?? false,
        };
    }

    private static RecordedInputs Inputs(JsonElement item)
    {
        var from = new JsonMembers(item);
        return new(from.Text("phase"), from.Text("inputs"), from.Texts("parts"));
    }

    private static RecordedValue Value(JsonElement item)
    {
        var from = new JsonMembers(item);
        return new(from.Text("name"), from.Text("origin"), from.Text("mark"));
    }

    private static RecordedContract Contract(JsonElement item)
    {
        var from = new JsonMembers(item);
        return new(from.LongOrNull("id") ?? 0, from.Number("node_id"), from.Text("kind"), from.Text("resource"));
    }
}
