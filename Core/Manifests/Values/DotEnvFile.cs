using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests.Values;

/// <summary>Reads <c>.env</c> files. Nothing is expanded or executed: <c>$</c> and backticks are literal.</summary>
internal static class DotEnvFile
{
    public static IReadOnlyList<GivenValue> Load(string file, string origin, List<Diagnostic> problems) =>
        Load(BoundedFile.Read, file, origin, problems);

    /// <summary>The same for a file that may be a named pipe.</summary>
    public static IReadOnlyList<GivenValue> LoadPiped(string file, string origin, List<Diagnostic> problems) =>
        Load(BoundedFile.ReadPiped, file, origin, problems);

    private static IReadOnlyList<GivenValue> Load(
        Func<string, string> read, string file, string origin, List<Diagnostic> problems)
    {
        try
        {
            return Parse(read(file), file, origin, problems);
        }
        catch (DiagnosticException problem)
        {
            problems.AddRange(problem.Diagnostics);
            return [];
        }
    }

    public static IReadOnlyList<GivenValue> Parse(string text, string file, string origin, List<Diagnostic> problems)
    {
        var scanner = new DotEnvScanner(text.Replace("\r\n", "\n", StringComparison.Ordinal), file);
        var values = new List<GivenValue>();
        while (!scanner.AtEnd)
        {
            int known = scanner.Problems.Count;
            if (scanner.NextAssignment() is (string name, string value, SourceLocation at)
                && scanner.Problems.Count == known)
            {
                values.Add(new GivenValue(name, new SecretText(value), origin, at));
            }
        }

        problems.AddRange(scanner.Problems);
        return values;
    }
}
