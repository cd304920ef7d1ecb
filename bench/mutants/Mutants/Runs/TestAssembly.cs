using System.Text.RegularExpressions;

namespace TfgridCompose.Mutants.Runs;

/// <summary>A test project of the copy, built.</summary>
internal sealed partial record TestAssembly(string Name, string Path)
{
    /// <summary>
    /// The solution's projects below tests/ whose output holds NUnit's adapter, as test.sh takes them. Left out are
    /// those that read the sources (with Roslyn): a fault is in no source, so they cannot see it.
    /// </summary>
    public static IReadOnlyList<TestAssembly> Find(string tree) =>
    [
        .. from match in Project().Matches(File.ReadAllText(Directory.GetFiles(tree, "*.sln").Single()))
           let file = System.IO.Path.Combine(tree, match.Groups[1].Value.Replace('\\', '/'))
           where !File.ReadAllText(file).Contains("Microsoft.CodeAnalysis.CSharp", StringComparison.Ordinal)
           from assembly in Assemblies(file)
           orderby assembly.Name
           select assembly,
    ];

    private static IEnumerable<TestAssembly> Assemblies(string project)
    {
        string output = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(project) ?? "", "bin", "Release");
        string name = System.IO.Path.GetFileNameWithoutExtension(project);
        return from folder in Directory.Exists(output) ? Directory.GetDirectories(output) : []
               where File.Exists(System.IO.Path.Combine(folder, "NUnit3.TestAdapter.dll"))
               select new TestAssembly(name, System.IO.Path.Combine(folder, $"TfgridCompose.{name}.dll"));
    }

    [GeneratedRegex("""^Project\(.*"(tests[\\/][^"]*\.csproj)".*$""", RegexOptions.Multiline)]
    private static partial Regex Project();
}
