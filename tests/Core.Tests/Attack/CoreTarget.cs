using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Tests.Shared.Attack;

namespace TfgridCompose.Core.Tests.Attack;

/// <summary>An input of Core's. It is refused with a diagnostic, which says what to do.</summary>
internal abstract class CoreTarget : AttackTarget
{
    // Ours do not crash behind the plugin boundary either.
    private static readonly string[] Crashes = [PatternCodes.MemberFailed, PatternCodes.MemberHangs];

    public override string? RefusalOf(Exception problem) =>
        problem is DiagnosticException { ExitCode: not ExitCode.Bug, Diagnostics: [var first, ..] } refusal
            && refusal.Diagnostics.All(each => each.Code.Length > 0 && each.Remedy.Length > 0 && !Crashes.Contains(each.Code))
            ? first.Code
            : null;

    /// <summary>A user whose home is in the folder, with tools that are written down and not started.</summary>
    protected static Surroundings Here(string folder, RecordingRunner runner)
    {
        var home = new TfgridHome(Path.Combine(folder, ".tfgrid-compose"));
        return new Surroundings
        {
            Runner = runner,
            Events = new RecordedEvents(),
            Mask = new SecretMask(),
            Store = new DeploymentStore(home, TimeProvider.System, "1.0.0"),
            Environment = new Dictionary<string, string> { ["HOME"] = folder, ["PATH"] = "/nowhere" },
            CurrentFolder = folder,
            LocalGridPath = "/nowhere",
            PluginRoots = [],
            Self = new OwnProgram(["/nowhere"]),
            Ranges = new AddressRanges(Path.Combine(folder, "ranges"), () => []),
            IsRoot = true,
        };
    }

    protected static AttackInput Json(Random random, IReadOnlyList<string> seeds) =>
        Spoiling.Json(random, HostileWords.Pick(random, seeds));
}
