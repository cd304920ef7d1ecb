using System.Text.Json.Nodes;
using TfgridCompose.Core.Manifests;

namespace TfgridCompose.Core.Sharing.Places;

/// <summary>Fills in what the user left out of a backend's arguments. What the user wrote stays as it is.</summary>
public sealed class BackendDerivation
{
    private const string RecordSuffix = ".record";
    private const string StateFile = "terraform.tfstate";
    private const string RecordFile = "record.tfstate";

    // What an S3-compatible server lacks: STS, account ids, instance metadata, Amazon's names of regions, buckets as
    // host names.
    private static readonly string[] CompatibleServer =
        [
            "skip_credentials_validation",
            "skip_metadata_api_check",
            "skip_region_validation",
            "skip_requesting_account_id",
            "use_path_style",
        ];

    private readonly StateBackend _backend;
    private readonly DeploymentKey _key;
    private readonly Func<string, string?> _variable;

    private BackendDerivation(StateBackend backend, DeploymentKey key, Func<string, string?> variable) =>
        (_backend, _key, _variable) = (backend, key, variable);

    /// <param name="backend">What the manifest says.</param>
    /// <param name="key">Which deployment.</param>
    /// <param name="variable">Reads the environment, for the region and an S3-compatible server's address.</param>
    public static BackendPlace Of(StateBackend backend, DeploymentKey key, Func<string, string?> variable)
    {
        var derivation = new BackendDerivation(backend, key, variable);
        return backend.Kind switch
        {
            "s3" => derivation.S3(),
            "pg" => derivation.Pg(),
            "http" => derivation.Http(),
            "consul" => derivation.Consul(),
            "gcs" => derivation.Gcs(),
            "azurerm" => derivation.Azurerm(),
            "kubernetes" => derivation.Kubernetes(),
            _ => throw new InvalidOperationException($"unknown backend {backend.Kind}"),
        };
    }

    private BackendPlace S3()
    {
        JsonObject arguments = Config();
        Default(arguments, "region", _variable("AWS_REGION") ?? _variable("AWS_DEFAULT_REGION") ?? "us-east-1");
        if (!arguments.ContainsKey("dynamodb_table"))
        {
            Default(arguments, "use_lockfile", true);
        }

        string? server = Text(arguments, "endpoint") ?? (arguments["endpoints"] as JsonObject)?["s3"]?.ToString();
        if (server is not null || _variable("AWS_ENDPOINT_URL_S3") is { Length: > 0 })
        {
            foreach (string name in CompatibleServer)
            {
                Default(arguments, name, true);
            }
        }

        string place = $"{(server is null ? "" : $"{server} ")}s3://{Text(arguments, "bucket")}/";
        return Keyed(arguments, place, $"aws s3 rm --recursive s3://{Text(arguments, "bucket")}/{_key.Folder}/");
    }

    private BackendPlace Azurerm()
    {
        JsonObject arguments = Config();
        string place = $"azurerm {Text(arguments, "storage_account_name")}/{Text(arguments, "container_name")}/";
        return Keyed(
            arguments,
            place,
            $"az storage blob delete-batch --account-name {Text(arguments, "storage_account_name")} --source "
                + $"{Text(arguments, "container_name")} --pattern '{_key.Folder}/*'");
    }

    private BackendPlace Keyed(JsonObject arguments, string place, string remove)
    {
        bool own = arguments.ContainsKey("key");
        string key = Text(arguments, "key") ?? $"{_key.Folder}/{StateFile}";
        return Place(
            arguments,
            "key",
            key,
            own ? key + RecordSuffix : $"{_key.Folder}/{RecordFile}",
            place + key,
            own ? $"remove {place}{key} and {key}{RecordSuffix}" : remove);
    }

    private BackendPlace Pg()
    {
        JsonObject arguments = Config();
        string schema = Text(arguments, "schema_name") ?? _key.Schema("");
        string record = arguments.ContainsKey("schema_name") ? schema + RecordSuffix : _key.Schema(RecordSuffix);
        string server = Text(arguments, "conn_str") is { } connection ? $"{connection} " : "";
        return Place(
            arguments, "schema_name", schema, record, $"pg {server}schema {schema}",
            $"psql \"$PG_CONN_STR\" -c 'DROP SCHEMA \"{schema}\" CASCADE' -c 'DROP SCHEMA \"{record}\" CASCADE'");
    }

    // A state is an address below the given one; its lock an address below that, as GitLab and others have it.
    private BackendPlace Http()
    {
        JsonObject Of(string word)
        {
            JsonObject arguments = Config();
            string? locks = Text(arguments, "lock_address"), unlocks = Text(arguments, "unlock_address");
            string address = $"{Base(arguments, "address")}/{word}";
            arguments["address"] = address;
            arguments["lock_address"] = locks is null ? $"{address}/lock" : $"{locks.TrimEnd('/')}/{word}";
            arguments["unlock_address"] = unlocks is null
                ? arguments["lock_address"]?.ToString()
                : $"{unlocks.TrimEnd('/')}/{word}";
            return arguments;
        }

        JsonObject own = Of(_key.Word), record = Of(_key.Word + RecordSuffix);
        return new(
            _backend.Kind,
            own,
            record,
            Text(own, "address") ?? "",
            $"curl -X DELETE {Text(own, "address")} {Text(record, "address")}");
    }

    private BackendPlace Consul()
    {
        JsonObject arguments = Config();
        string path = (Text(arguments, "path") ?? _key.Folder).TrimEnd('/');
        string server = Text(arguments, "address") is { } address ? $"{address} " : "";
        return Place(
            arguments,
            "path",
            $"{path}/terraform",
            $"{path}/record",
            $"consul {server}{path}",
            $"consul kv delete -recurse {path}/");
    }

    private BackendPlace Gcs()
    {
        JsonObject arguments = Config();
        string prefix = (Text(arguments, "prefix") ?? _key.Folder).TrimEnd('/');
        string place = $"gs://{Text(arguments, "bucket")}/{prefix}";
        return Place(
            arguments,
            "prefix",
            $"{prefix}/terraform",
            $"{prefix}/record",
            place,
            $"gcloud storage rm --recursive {place}/");
    }

    private BackendPlace Kubernetes()
    {
        JsonObject arguments = Config();
        string suffix = Text(arguments, "secret_suffix") ?? _key.SecretSuffix;
        string space = Text(arguments, "namespace") ?? "default";
        return Place(
            arguments, "secret_suffix", suffix, $"{suffix}-record", $"kubernetes {space}/tfstate-default-{suffix}",
            $"kubectl --namespace {space} delete secret tfstate-default-{suffix} tfstate-default-{suffix}-record");
    }

    private BackendPlace Place(
        JsonObject arguments, string name, string own, string record, string location, string remove)
    {
        JsonObject second = arguments.DeepClone().AsObject();
        arguments[name] = own;
        second[name] = record;
        return new(_backend.Kind, arguments, second, location, remove);
    }

    private JsonObject Config() => _backend.Config.DeepClone().AsObject();

    private static string Base(JsonObject arguments, string name) => (Text(arguments, name) ?? "").TrimEnd('/');

    private static string? Text(JsonObject arguments, string name) => arguments[name]?.ToString();

    private static void Default(JsonObject arguments, string name, JsonNode value) => arguments[name] ??= value;
}
