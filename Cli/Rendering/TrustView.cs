using System.Text;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Trust;

namespace TfgridCompose.Cli.Rendering;

/// <summary>The parts of an app that act on this computer, for a question to the user, and what was agreed to.</summary>
internal static class TrustView
{
    private const int MostLines = 20;
    private static readonly string[] Head = ["APP", "AGREED TO", "WHEN"];

    /// <summary>Does not end with a line break.</summary>
    public static string Text(TrustQuestion question)
    {
        var text = new StringBuilder(
            $"{question.Code.AppName} ({PlainText.Line(question.Code.AppFolder)}) acts on this computer, with your rights:");
        foreach (CodePart part in question.Code.Parts)
        {
            text.Append("\n  ").Append(Title(part));
            Append(text, "since you agreed, ", question.ChangesOf(part), MostLines);

            // A backend's arguments may name the program that it runs.
            Append(text, "", part.Lines, part.Kind == CodeKind.State ? int.MaxValue : MostLines);
        }

        return PlainText.Lines(text.ToString());
    }

    public static string List(IReadOnlyList<TrustedApp> apps) => TextTable.Text(
    [
        Head,
        .. apps.SelectMany(app => app.Parts.Select(part =>
            new[] { app.Folder, $"{part.Word} {PlainText.Line(part.Name)}", TimeText.Of(part.AgreedAt) })),
    ]);

    public static string Json(IReadOnlyList<TrustedApp> apps) => JsonText.Of(apps.Select(app => new
    {
        folder = app.Folder,
        parts = app.Parts.Select(part => new
        {
            kind = part.Word,
            name = part.Name,
            sha256 = part.Content,
            agreed_at = part.AgreedAt,
        }),
    }));

    private static string Title(CodePart part) => part.Kind switch
    {
        CodeKind.Playbook => $"its playbook {PlainText.Line(part.Name)}: Ansible runs it here ({Files(part)})",
        CodeKind.Pattern => $"its own pattern {PlainText.Line(part.Name)}: Terraform and Ansible run it here ({Files(part)})",
        CodeKind.State =>
            $"its state backend {PlainText.Line(part.Name)}: gets the state with all its secrets, and can return files that run here",
        _ => throw new InvalidOperationException($"unknown kind {part.Kind}"),
    };

    private static string Files(CodePart part) => part.Files.Count == 1 ? "1 file" : $"{part.Files.Count} files";

    private static void Append(StringBuilder text, string before, IReadOnlyList<string> lines, int most)
    {
        foreach (string line in lines.Take(most))
        {
            text.Append("\n    ").Append(before).Append(line);
        }

        if (lines.Count > most)
        {
            text.Append($"\n    ... and {lines.Count - most} more");
        }
    }
}
