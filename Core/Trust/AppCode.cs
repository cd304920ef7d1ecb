using System.Text.Json.Nodes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Tools.Apps;

namespace TfgridCompose.Core.Trust;

/// <summary>The parts of an app that act on the user's computer. Hooks do not: they run on the deployed machines.</summary>
/// <param name="AppName">The app's name.</param>
/// <param name="AppFolder">Its folder, without links.</param>
/// <param name="Parts">Empty for most apps; none of their files is read for this.</param>
public sealed record AppCode(string AppName, string AppFolder, IReadOnlyList<CodePart> Parts)
{
    /// <summary>All parts, from the files that this run uses.</summary>
    public static AppCode Of(Manifest manifest, PlaybookFiles? playbook, OwnPattern? pattern) => new(
        manifest.Name,
        manifest.AppFolder,
        [
            .. playbook is null ? Array.Empty<CodePart>() : [OfPlaybook(playbook)],
            .. pattern is null ? [] : OfPattern(manifest.Pattern.Name, pattern),
            .. OfState(manifest),
        ]);

    /// <summary>For verbs that only ask the backend.</summary>
    public static AppCode StateOf(Manifest manifest) => new(manifest.Name, manifest.AppFolder, OfState(manifest));

    private static CodePart OfPlaybook(PlaybookFiles playbook) => new(
        CodeKind.Playbook,
        playbook.Playbook,
        [
            .. playbook.Texts.SelectMany(text => TellingLines.OfAnsible(text.Key, text.Value)).OrderBy(TellingLines.Rank),
            .. TellingLines.OfAnsiblePlugins(playbook.Beside.Select(playbook.NameOf)),
        ],
        [.. playbook.Files.Select(file => new CodeFile(playbook.NameOf(file), file.FullStamp))]);

    // A pattern that cannot be read does not run either, and validation says why.
    private static CodePart[] OfPattern(string name, OwnPattern pattern)
    {
        try
        {
            IReadOnlyList<OwnPatternFile> files = pattern.Files;
            return files.Count == 0
                ? []
                : [new(
                    CodeKind.Pattern,
                    name,
                    [
                        .. files.SelectMany(TellingLines.OfPattern).OrderBy(TellingLines.Rank),
                        .. TellingLines.OfAnsiblePlugins(files.Select(file => file.Path)),
                    ],
                    [.. files.Select(file => new CodeFile(file.Path, file.Stamp))])];
        }
        catch (DiagnosticException)
        {
            return [];
        }
    }

    // Its arguments are no secrets: a credential among them is an error.
    private static CodePart[] OfState(Manifest manifest) => manifest.State is not { } state
        ? []
        : [new(
            CodeKind.State,
            state.Kind,
            [.. state.Config.SelectMany(argument => TellingLines.OfArgument(argument.Key, argument.Value))],
            [.. state.Config.Select(argument => new CodeFile(argument.Key, Text(argument.Value)))])];

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "";
}
