using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Trust;

/// <summary>A part of an app that was agreed to.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its path as the manifest has it, or the backend's kind.</param>
/// <param name="Content">The SHA-256 that decides.</param>
/// <param name="AgreedAt">When.</param>
/// <param name="Marks">The first letters of each file's hash, to name what has changed since.</param>
public sealed record TrustedPart(
    CodeKind Kind, string Name, string Content, DateTimeOffset AgreedAt, IReadOnlyList<KeyValuePair<string, string>> Marks)
{
    private const int MarkLength = 8;

    /// <summary>Its kind in a word.</summary>
    public string Word => TrustedJson.Word(Kind);

    public static TrustedPart Of(CodePart part, DateTimeOffset now) => new(part.Kind, part.Name, part.Content, now, MarksOf(part));

    /// <summary>What differs now, in words.</summary>
    public IReadOnlyList<string> ChangesTo(CodePart now)
    {
        var before = new Dictionary<string, string>(Marks, StringComparer.Ordinal);
        var after = new Dictionary<string, string>(MarksOf(now), StringComparer.Ordinal);
        return
        [
            .. Name == now.Name ? Array.Empty<string>() : [$"it is {PlainText.Of(now.Name)} and no longer {PlainText.Of(Name)}"],
            .. after.Where(file => !before.ContainsKey(file.Key)).Select(file => $"new: {PlainText.Of(file.Key)}"),
            .. after.Where(file => before.TryGetValue(file.Key, out string? mark) && mark != file.Value)
                .Select(file => $"changed: {PlainText.Of(file.Key)}"),
            .. before.Keys.Where(name => !after.ContainsKey(name)).Select(name => $"gone: {PlainText.Of(name)}"),
        ];
    }

    private static List<KeyValuePair<string, string>> MarksOf(CodePart part) =>
        [.. part.Files.Select(file =>
            KeyValuePair.Create(file.Name, Foundation.Fingerprints.Fingerprint.WholeOf(file.Stamp)[..MarkLength]))];
}
