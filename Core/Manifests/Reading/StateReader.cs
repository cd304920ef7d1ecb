using System.Text.Json.Nodes;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>Reads <c>state</c>: the backend and its arguments, which must not hold credentials.</summary>
internal sealed class StateReader
{
    // Arguments that Core cannot derive, and whose absence Terraform would only report later.
    private static readonly Dictionary<string, string[]> Required = new()
    {
        ["s3"] = ["bucket"],
        ["gcs"] = ["bucket"],
        ["http"] = ["address"],
        ["azurerm"] = ["storage_account_name", "container_name"],
    };

    private readonly TreeReader _reader;
    private readonly string _kind;

    private StateReader(TreeReader reader, string kind) => (_reader, _kind) = (reader, kind);

    public static StateBackend? Read(LocatedMap root, TreeReader reader)
    {
        if (reader.Map(root, "state") is not { } state)
        {
            return null;
        }

        ClosedKeys.Check(state, ["backend", "config"], reader);
        LocatedScalar? kind = reader.Scalar(state, "backend");
        if (kind is null || !StateBackend.Kinds.Contains(kind.Text))
        {
            reader.Error(
                ManifestCodes.StateBackendUnknown,
                kind is null ? "'state' names no backend." : $"There is no state backend {kind.Kind}.",
                $"{(kind is null ? "" : Meant.Of(kind.Text, StateBackend.Kinds))}Write state.backend as one of "
                    + $"{string.Join(", ", StateBackend.Kinds)}; without 'state', it stays on this machine.",
                kind?.Location ?? state.Location);
            return null;
        }

        LocatedMap? config = reader.Map(state, "config");
        var own = new StateReader(reader, kind.Text);
        own.Require(config, state);
        return new StateBackend(
            kind.Text, config is null ? [] : own.Object(config, "state.config", mayNest: true), kind.Location);
    }

    private void Require(LocatedMap? config, LocatedMap state)
    {
        foreach (string key in Required.GetValueOrDefault(_kind, []).Where(key => config?.Entry(key) is null))
        {
            _reader.Error(
                ManifestCodes.StateConfigMissing,
                $"The state backend '{_kind}' needs '{key}'.",
                $"Add state.config.{key}.",
                config?.Location ?? state.Location);
        }
    }

    private JsonObject Object(LocatedMap map, string path, bool mayNest)
    {
        var result = new JsonObject();
        foreach (LocatedEntry entry in map.Entries)
        {
            string full = $"{path}.{entry.Key}";
            if (Value(entry.Key, entry.Value, full, mayNest) is { } value)
            {
                result[entry.Key] = value;
            }
        }

        return result;
    }

    private JsonNode? Value(string key, LocatedNode node, string path, bool mayNest)
    {
        switch (node)
        {
            case LocatedScalar { IsNull: true }:
                return null;
            case LocatedScalar scalar:
                return Scalar(key, scalar, path);
            case LocatedMap map when mayNest:
                return Object(map, path, mayNest: false);
            case LocatedList list when mayNest:
                return new JsonArray([.. list.Items.Select(item => Value(key, item, path, mayNest: false))]);
            default:
                _reader.Error(
                    ManifestCodes.StateConfigInvalid, $"'{Excerpt.Of(path)}' is {node.Kind}.",
                    "Write a string, a number, true or false there. Lists and maps are allowed only at the first level, "
                        + "for example endpoints: {s3: URL}.", node.Location);
                return null;
        }
    }

    // The value is not repeated: it may be the secret.
    private JsonValue? Scalar(string key, LocatedScalar scalar, string path)
    {
        if (StateCredentials.IsCredential(_kind, key, scalar.Text))
        {
            _reader.Error(
                ManifestCodes.StateCredential, $"'{Excerpt.Of(path)}' holds a credential.",
                $"Remove it, and change it if others could read it; set {StateCredentials.VariablesOf(_kind)} in the "
                    + "environment instead.", scalar.Location);
            return null;
        }

        return scalar.IsPlain && ScalarText.Flag(scalar.Text) is { } flag
            ? JsonValue.Create(flag)
            : JsonValue.Create(scalar.Text);
    }
}
