using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Manifests.Options;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Variables;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Deploying.Runs;

/// <summary>Parts of a run's inputs that several phases work from, under the manifest's names.</summary>
internal static class SharedParts
{
    public static IEnumerable<InputPart> Options(UpRun run) => run.App.Options.Values.Select(
        pair => InputPart.Setting(KeyOf(run.App, pair.Key), PatternValueJson.Of(pair.Value)));

    public static InputPart Networks(UpRun run) =>
        InputPart.Setting("network.provision", run.App.Manifest.Network.Provision.Select(kind => kind.ManifestName()));

    public static InputPart Ports(UpRun run) =>
        InputPart.Setting("resources.ports", run.App.Manifest.Ports.Select(port => port.ToString()));

    /// <summary>The pattern's files in one of its folders.</summary>
    public static IEnumerable<InputPart> Files(UpRun run, string folder, PatternFileSet files) => files.Hashes.Select(
        file => new InputPart(InputKind.File, $"{run.App.PatternName}/{folder}/{file.Key}", file.Value));

    public static IEnumerable<InputPart> Addresses(UpRun run) => run.Record.Hosts.Select(AddressOf);

    private static InputPart AddressOf(RecordedHost host) =>
        InputPart.Setting($"address of {host.Name}", host.Addresses.Select(address => address.Ip));

    // The key that the user wrote, else the first one that the pattern reads.
    private static string KeyOf(ValidatedApp app, string option)
    {
        BoundOption? bound = app.OptionOrigins.FirstOrDefault(origin => origin.Name == option);
        PatternOption? declared = app.Declaration.Options.FirstOrDefault(each => each.Name == option);
        return bound?.Path ?? (declared is { Sources: [OptionSource first, ..] } ? first.Path : option);
    }
}
