using System.Text.Json;
using System.Text.Json.Nodes;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Core.Sharing.Payloads;

/// <summary>
/// The record as a Terraform state of one sensitive output. Serial and lineage are what Terraform compares when it is
/// written.
/// </summary>
/// <param name="Lineage">Empty if nothing was ever written.</param>
/// <param name="Serial">Counts the writes.</param>
/// <param name="Payload">Null if nothing was ever written.</param>
public sealed record RecordEnvelope(string Lineage, long Serial, SharedPayload? Payload)
{
    public const string Output = "tfgrid_compose";

    /// <summary>Names this version of the state in a word.</summary>
    public string Version => $"{Lineage} {Serial}";

    /// <summary>Reads what <c>terraform state pull</c> prints.</summary>
    public static RecordEnvelope Parse(string state, string where)
    {
        if (state.Trim().Length == 0)
        {
            return new RecordEnvelope("", 0, null);
        }

        try
        {
            JsonNode root = JsonNode.Parse(state) ?? throw new JsonException("it is empty");
            string? value = root["outputs"]?[Output]?["value"]?.GetValue<string>();
            RequireNothingElse(root, value);
            SharedPayload? payload =
                value is null ? null : JsonSerializer.Deserialize(value, SharedJson.Default.SharedPayload);
            RequireKnown(payload, where);
            RequireReadable(value);
            RequireValid(payload);
            return new RecordEnvelope(
                root["lineage"]?.GetValue<string>() ?? "", root["serial"]?.GetValue<long>() ?? 0, payload);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new DiagnosticException(
                ExitCode.Conflict,
                SharedStateCodes.OtherDeployment,
                $"The record of {where} cannot be read: {problem.Message}",
                "something else is stored there: name another key in the manifest's `state.config`, "
                    + "or restore that state from the backend's versions");
        }
    }

    /// <summary>The state that follows this one; Terraform refuses it if another one already did.</summary>
    public string Next(SharedPayload payload) => new JsonObject
    {
        ["version"] = 4,
        // The lowest version, which every tool accepts and replaces with its own.
        ["terraform_version"] = "1.0.0",
        ["serial"] = Serial + 1,
        ["lineage"] = Lineage.Length > 0 ? Lineage : Guid.NewGuid().ToString(),
        ["outputs"] = new JsonObject
        {
            [Output] = new JsonObject
            {
                ["value"] = JsonSerializer.Serialize(payload, SharedJson.Default.SharedPayload),
                ["type"] = "string",
                ["sensitive"] = true,
            },
        },
        ["resources"] = new JsonArray(),
    }.ToJsonString();

    // A state without our output is an empty one, or something that we must not overwrite.
    private static void RequireNothingElse(JsonNode root, string? value)
    {
        if (value is null
            && (root["resources"] is JsonArray { Count: > 0 } || root["outputs"] is JsonObject { Count: > 0 }))
        {
            throw new JsonException("it is the state of something else");
        }
    }

    // As strict as for a record of this machine: the generated reader accepts null for a string.
    private static void RequireReadable(string? value)
    {
        if (value is not null && JsonNode.Parse(value)?["record"] is JsonObject record)
        {
            RecordReader.Read(record.ToJsonString());
        }
    }

    private static void RequireValid(SharedPayload? payload)
    {
        if (payload is { Journal: null } or { Files: null } or { Former: null })
        {
            throw new JsonException("a list is missing");
        }

        if (payload is not null && (payload.Journal.Any(line => line is null) || payload.Former.Any(end => end is null)))
        {
            throw new JsonException("an item of a list is missing");
        }

        if (payload is { Origin.Folder: null or "" } or { Origin.SshKey: "" })
        {
            throw new JsonException("its origin is incomplete");
        }

        if (payload is not null && CarriedFiles.ProblemOf(payload.Files) is { } wrong)
        {
            throw new JsonException(wrong);
        }

        if (payload?.Holder is { } holder && (holder.User is null || holder.Host is null || holder.Home is null || holder.Command is null))
        {
            throw new JsonException("its holder is incomplete");
        }

        if (payload?.Record is { } record && RecordCheck.ProblemOf(record) is { } problem)
        {
            throw new JsonException(problem);
        }
    }

    private static void RequireKnown(SharedPayload? payload, string where)
    {
        if (payload?.Schema > SharedPayload.CurrentSchema)
        {
            throw new DiagnosticException(
                ExitCode.Conflict,
                SharedStateCodes.NewerRecord,
                $"The record of {where} has schema {payload.Schema}; this version reads up to "
                    + $"{SharedPayload.CurrentSchema}.",
                "use the version of tfgrid-compose that wrote it, or a newer one");
        }
    }
}
