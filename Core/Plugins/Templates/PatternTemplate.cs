using System.Reflection;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Plugins.Templates;

/// <summary>
/// The files of a new pattern, embedded at build under <c>template/KIND/</c>: those of the <c>dotnet new</c> template,
/// or the same without C#.
/// </summary>
/// <param name="kind">How the pattern is written: <c>csharp</c> or <c>folder</c>.</param>
public sealed class PatternTemplate(string kind)
{
    private const string Prefix = "template/";
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
    private static readonly Assembly Here = typeof(PatternTemplate).Assembly;

    /// <summary>The available kinds.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        .. Here.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name.Split('/')[1])
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    public static PatternTemplate OfKind(string kind) => Kinds.Contains(kind)
        ? new PatternTemplate(kind)
        : throw new DiagnosticException(
            ExitCode.Usage,
            PatternTemplateCodes.UnknownKind,
            $"There is no kind of pattern '{kind}'.",
            $"use --kind {string.Join(" or --kind ", Kinds)}");

    /// <summary>Writes the files into a folder, which must be empty or absent; returns their paths in it.</summary>
    public IReadOnlyList<string> Write(string folder, TemplateNames names)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                PatternTemplateCodes.FolderInUse,
                $"{folder} already exists and is not an empty folder.",
                "name another folder: --directory DIR");
        }

        string prefix = $"{Prefix}{kind}/";
        string[] resources =
        [
            .. Here.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
        string[] paths = [.. resources.Select(resource => names.Fill(resource[prefix.Length..]))];
        try
        {
            foreach ((string resource, string path) in resources.Zip(paths))
            {
                WriteFile(Path.Combine(folder, path), names.Fill(Text(resource)));
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                PatternTemplateCodes.NotWritten,
                $"The pattern cannot be written: {refused.Message}",
                "choose a folder that you may write to: --directory DIR");
        }

        return paths;
    }

    private static string Text(string resource)
    {
        using Stream stream =
            Here.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"no resource {resource}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static void WriteFile(string path, string text)
    {
        if (Path.GetDirectoryName(path) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        File.WriteAllText(path, text);
        if (path.EndsWith(".sh", StringComparison.Ordinal))
        {
            File.SetUnixFileMode(path, Executable);
        }
    }
}
