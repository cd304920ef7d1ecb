using System.Text.Json;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Looking.Doctor;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Cli.Verbs.ThisMachine;

internal static class DoctorVerb
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    public static async Task<int> RunAsync(DoctorOptions options, VerbContext context, CancellationToken cancellation)
    {
        IReadOnlyList<DoctorCheck> checks = await new Checkup(context.Here).RunAsync(AppOf(options.App, context), cancellation);
        context.Streams.Out.Write(context.Global.Json ? Json(checks) : Text(checks));
        return checks.Any(check => check.Status == DoctorStatus.Failed) ? (int)ExitCode.Prerequisite : 0;
    }

    private static string? AppOf(string? given, VerbContext context)
    {
        string here = context.Here.CurrentFolder;
        string? folder = given ?? context.Context?.App ?? (File.Exists(Path.Combine(here, ManifestFile.FileName)) ? here : null);
        return folder is null ? null : AppFolder.Of(folder, here);
    }

    private static string Text(IReadOnlyList<DoctorCheck> checks)
    {
        int width = checks.Max(check => check.Name.Length);
        return string.Concat(checks.Select(check =>
            $"{Word(check.Status),-6}  {check.Name.PadRight(width)}  "
                + $"{check.Message}\n{(check.Fix is null ? "" : $"{new string(' ', width + 10)}-> {check.Fix}\n")}"));
    }

    private static string Json(IReadOnlyList<DoctorCheck> checks) => JsonSerializer.Serialize(
        checks.Select(check => new
        {
            name = check.Name,
            status = Word(check.Status),
            message = check.Message,
            fix = check.Fix,
        }), s_json) + "\n";

    private static string Word(DoctorStatus status) => status switch
    {
        DoctorStatus.Passed => "ok",
        DoctorStatus.Note => "note",
        _ => "failed",
    };
}
