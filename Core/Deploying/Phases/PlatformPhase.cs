using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Fingerprints;
using TfgridCompose.Core.Tools.Ansible;
using TfgridCompose.Core.Tools.Variables;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Deploying.Phases;

/// <summary>Configures the machines with the pattern's playbook.</summary>
public sealed class PlatformPhase : IPhase
{
    internal const string Playbook = "site.yml";
    private static readonly string[] OurFiles = ["ansible.cfg", "group_vars", "facts"];

    public PhaseId Id => PhaseId.Platform;

    public IReadOnlyList<PhaseId> RunsAfter => [PhaseId.Infrastructure];

    public string Inputs(UpRun run) => Fingerprint.Of(
        run.Stage.PlatformInputs,
        run.Facts() is { } facts ? PatternValueJson.Of(run.App.Pattern.Inventory(facts)) : "");

    public IReadOnlyList<InputPart> Parts(UpRun run) =>
    [
        .. SharedParts.Options(run),
        SharedParts.Networks(run),
        SharedParts.Ports(run),
        .. SharedParts.Files(run, "platform", run.Stage.Platform),
        .. SharedParts.Addresses(run),
        new InputPart(
            InputKind.Derived,
            "the pattern's inventory",
            run.Facts() is { } facts ? PatternValueJson.Of(run.App.Pattern.Inventory(facts)) : ""),
    ];

    public async Task RunAsync(UpRun run, CancellationToken cancellation)
    {
        Inventory inventory = run.App.Pattern.Inventory(run.RequireFacts());
        AnsibleInventory.Write(run.Record, run.Folder, inventory);
        run.Stage.Platform.ExtractTo(run.Folder.Ansible, path => IsPatternFile(run.Folder.Ansible, path));
        string playbook = Path.Combine(run.Folder.Ansible, Playbook);
        if (File.Exists(playbook))
        {
            await new AnsiblePlaybook(run.Here.Runner, run.Here.Events)
                .RunAsync(run.Folder, playbook, [], cancellation);
        }

        // Now the machines have this version's programs, whatever becomes of the app.
        run.Update(record => record with { Commands = run.App.RecordedCommands });
    }

    private static bool IsPatternFile(string folder, string path) =>
        !OurFiles.Contains(Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)[0]);
}
