using System.Text.Json;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Deploying.Infrastructure;

/// <summary>
/// What the infrastructure phase works from, by name: what the user can change first, and the pattern's Terraform
/// variables, which follow from it.
/// </summary>
internal static class InfrastructureParts
{
    public static IReadOnlyList<InputPart> Of(UpRun run) =>
    [
        .. SharedParts.Options(run),
        SharedParts.Networks(run),
        SharedParts.Ports(run),
        InputPart.Setting("SSH keys", run.VariablesRequest().SshPublicKeys),
        .. run.App.Hosts.Select(NodeOf),
        .. SharedParts.Files(run, "infrastructure", run.Stage.Infrastructure),
        .. Variables(run.Stage.Variables),
    ];

    private static InputPart NodeOf(AssignedHost host) =>
        new(InputKind.Derived, $"node of {host.Spec.Name}", $"{host.NodeId}");

    private static List<InputPart> Variables(string json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document.RootElement.EnumerateObject().Select(
                variable => new InputPart(InputKind.Derived, $"variable {variable.Name}", variable.Value.GetRawText())),
        ];
    }
}
