using System.Text;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Trust;

namespace TfgridCompose.Cli.Rendering;

/// <summary>What of an app acts on this computer, for the person who is asked; and what was agreed to.</summary>
internal static class TrustView
{
    private const int MostLines = 20;
    private static readonly string[] Head = ["APP", "AGREED TO", "WHEN"];

    /// <summary>Without a line break at its end.</summary>
    public static string Text(TrustQuestion question)
    {
        var text = new StringBuilder($"{question.Code.AppName} ({question.Code.AppFolder}) acts on this computer, with your rights:");
        foreach (CodePart part in question.Code.Parts)
        {
            text.Append("\n  ").Append(Title(part));
            Append(text, "since you agreed, ", question.ChangesOf(part));
            Append(text, "", part.Lines);
        }

        return PlainText.Lines(text.ToString());
    }

    public static string List(IReadOnlyList<TrustedApp> apps) => TextTable.Text(
    [
        Head,
        .. apps.SelectMany(app => app.Parts.Select(part =>
            new[] { app.Folder, $"{Word(part.Kind)} {part.Name}", TimeText.Of(part.AgreedAt) })),
    ]);

    public static string Json(IReadOnlyList<TrustedApp> apps) => JsonText.Of(apps.Select(app => new
    {
        folder = app.Folder,
        parts = app.Parts.Select(part => new
        {
            kind = Word(part.Kind),
            name = part.Name,
            sha256 = part.Content,
            agreed_at = part.AgreedAt,
        }),
    }));

    private static string Title(CodePart part) => part.Kind switch
    {
        CodeKind.Playbook => $"its playbook {part.Name}: Ansible runs it here ({Files(part)})",
        CodeKind.Pattern => $"its own pattern {part.Name}: Terraform and Ansible run it here ({Files(part)})",
        CodeKind.State => $"its state backend {part.Name}: gets all state with its secrets, and what it returns is run here",
        _ => throw new InvalidOperationException($"unknown kind {part.Kind}"),
    };

    private static string Word(CodeKind kind) => kind.ToString().ToLowerInvariant();

    private static string Files(CodePart part) => part.Files.Count == 1 ? "1 file" : $"{part.Files.Count} files";

    private static void Append(StringBuilder text, string before, IReadOnlyList<string> lines)
    {
        foreach (string line in lines.Take(MostLines))
        {
            text.Append("\n    ").Append(before).Append(line);
        }

        if (lines.Count > MostLines)
        {
            text.Append($"\n    ... and {lines.Count - MostLines} more");
        }
    }
}
