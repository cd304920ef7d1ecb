using TfgridCompose.Core.Looking.Doctor;

namespace TfgridCompose.Cli.Rendering;

/// <summary><c>doctor</c>: one line for each check, with the remedy below it.</summary>
internal static class CheckupView
{
    public static string Text(IReadOnlyList<DoctorCheck> checks) => TextTable.Text([.. checks.SelectMany(Rows)]);

    public static string Json(IReadOnlyList<DoctorCheck> checks) => JsonText.Of(checks.Select(check => new
    {
        name = check.Name,
        status = Word(check.Status),
        message = check.Message,
        fix = check.Fix,
    }));

    private static IEnumerable<string[]> Rows(DoctorCheck check)
    {
        string[] line = [Word(check.Status), check.Name, check.Message];
        return check.Fix is { } fix ? [line, ["", "", $"-> {fix}"]] : [line];
    }

    private static string Word(DoctorStatus status) => status switch
    {
        DoctorStatus.Passed => "ok",
        DoctorStatus.Note => "note",
        _ => "failed",
    };
}
