using System.Text.Json;
using System.Text.Json.Serialization;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>
/// The user's <c>patterns.lock</c>: the patterns installed from packages, one object each, sorted by name.
/// </summary>
public sealed class PatternsLock
{
    public const int CurrentSchema = 1;

    private readonly string _path;
    private readonly SortedDictionary<string, LockedPattern> _patterns;

    private PatternsLock(string path, IEnumerable<LockedPattern> patterns)
    {
        _path = path;
        _patterns = new(StringComparer.Ordinal);
        foreach (LockedPattern pattern in patterns)
        {
            _patterns[pattern.Name] = pattern;
        }
    }

    public IReadOnlyCollection<LockedPattern> Patterns => _patterns.Values;

    public static PatternsLock Read(TfgridHome home)
    {
        if (!File.Exists(home.PatternsLock))
        {
            return new(home.PatternsLock, []);
        }

        try
        {
            string text = PlainFile.ReadText(home.PatternsLock);
            PatternsLockContent content = JsonSerializer.Deserialize(text, PackageJson.Default.PatternsLockContent)
                ?? throw new JsonException("the file is empty");
            return content.Schema == CurrentSchema
                ? new(home.PatternsLock, Whole(content.Patterns))
                : throw new JsonException(
                    $"it has schema {content.Schema}; this version reads {CurrentSchema}");
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(ExitCode.Conflict, [Diagnostic.Error(
                PackageCodes.LockUnreadable, $"{home.PatternsLock} cannot be read: {problem.Message}",
                "restore it from a backup, or remove it: the patterns stay, "
                    + "and the next installation writes a new one")], problem);
        }
    }

    /// <summary>The entry of a pattern, or null.</summary>
    public LockedPattern? Of(string name) => _patterns.GetValueOrDefault(name);

    /// <summary>The entry of a pattern or package id, or null.</summary>
    public LockedPattern? Find(string nameOrPackage) =>
        Of(nameOrPackage) ?? Patterns.FirstOrDefault(pattern => pattern.IsOf(nameOrPackage));

    public void Put(LockedPattern pattern)
    {
        _patterns[pattern.Name] = pattern;
        Write();
    }

    public void Remove(string name)
    {
        if (_patterns.Remove(name))
        {
            Write();
        }
    }

    private static List<LockedPattern> Whole(List<LockedPattern?>? patterns)
    {
        List<LockedPattern> whole = [];
        foreach (LockedPattern? pattern in patterns ?? throw new JsonException("it has no list of patterns"))
        {
            string? flaw = pattern is null ? "value" : pattern.Flaw;
            whole.Add(pattern is not null && flaw is null
                ? pattern
                : throw new JsonException($"patterns[{whole.Count}] has no usable {flaw}"));
        }

        return whole;
    }

    private void Write() => PrivateFile.Write(
        _path, JsonSerializer.Serialize(
            new PatternsLockContent { Schema = CurrentSchema, Patterns = [.. Patterns] },
            PackageJson.Default.PatternsLockContent) + "\n");
}

/// <summary>The file's content.</summary>
internal sealed record PatternsLockContent
{
    public int Schema { get; set; }

    public List<LockedPattern?>? Patterns { get; set; } = [];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(PatternsLockContent))]
[JsonSerializable(typeof(LockedPattern))]
internal sealed partial class PackageJson : JsonSerializerContext;
