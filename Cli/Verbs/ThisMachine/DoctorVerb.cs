using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Looking.Doctor;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Cli.Verbs.ThisMachine;

internal static class DoctorVerb
{
    public static async Task<int> RunAsync(DoctorOptions options, VerbContext context, CancellationToken cancellation)
    {
        IReadOnlyList<DoctorCheck> checks = await new Checkup(context.Here).RunAsync(AppOf(options.App, context), cancellation);
        context.Streams.Out.Write(context.Global.Json ? CheckupView.Json(checks) : CheckupView.Text(checks));
        return checks.Any(check => check.Status == DoctorStatus.Failed) ? (int)ExitCode.Prerequisite : 0;
    }

    private static string? AppOf(string? given, VerbContext context)
    {
        string here = context.Here.CurrentFolder;
        string? folder = given ?? context.Context?.App ?? (File.Exists(Path.Combine(here, ManifestFile.FileName)) ? here : null);
        return folder is null ? null : AppFolder.Of(folder, here);
    }
}
