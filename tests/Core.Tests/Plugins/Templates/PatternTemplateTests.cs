using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Templates;
using TfgridCompose.Core.Tests.Plugins.Loading;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Core.Tests.Plugins.Templates;

public sealed class PatternTemplateTests
{
    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("tfc-template-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void No_place_holder_is_left()
    {
        IReadOnlyList<string> files = PatternTemplate.OfKind("csharp").Write(_folder, TemplateNames.Of("Acme.TeamWiki", null));

        Assert.That(
            files,
            Does.Contain("Acme.TeamWiki/TeamWikiPattern.cs").And.Contain("Acme.TeamWiki/samples/hello/tfgrid-compose.yaml").And.Contain(
                ".gitignore"));
        Assert.That(Content(_folder).Where(file => (file.Key + file.Value).Contains("sample-pattern", StringComparison.OrdinalIgnoreCase)
            || (file.Key + file.Value).Contains("Acme-Sample", StringComparison.Ordinal)
            || (file.Key + file.Value).Contains("SampleClass", StringComparison.Ordinal)
            || file.Value.Contains("=\"$", StringComparison.Ordinal)), Is.Empty);
        Assert.That(
            File.GetUnixFileMode(Path.Combine(_folder, "Acme.TeamWiki/samples/hello/deployment/setup.sh")) & UnixFileMode.UserExecute,
            Is.EqualTo(UnixFileMode.UserExecute));
    }

    [Test]
    public void A_folder_pattern_has_the_same_files_without_projects()
    {
        IReadOnlyList<string> files = PatternTemplate.OfKind("folder").Write(_folder, TemplateNames.Of("team-wiki", null));

        Assert.That(files, Is.EqualTo(new[]
        {
            "README.md",
            "infrastructure/main.tf",
            "infrastructure/outputs.tf",
            "infrastructure/variables.tf",
            "pattern.yaml",
            "platform/site.yml",
            "samples/hello/deployment/setup.sh",
            "samples/hello/tfgrid-compose.yaml",
        }));
        Assert.That(File.ReadAllText(Path.Combine(_folder, "pattern.yaml")), Does.StartWith("name: team-wiki\n"));
    }

    [Test]
    public void A_folder_with_something_in_it_is_left_alone()
    {
        string mine = Path.Combine(_folder, "mine.txt");
        File.WriteAllText(mine, "mine");

        Assert.That(
            Refusal(() => PatternTemplate.OfKind("csharp").Write(_folder, TemplateNames.Of("Acme.Wiki", null))).Code,
            Is.EqualTo(PatternTemplateCodes.FolderInUse));
        Assert.That(
            Refusal(() => PatternTemplate.OfKind("csharp").Write(mine, TemplateNames.Of("Acme.Wiki", null))).Code,
            Is.EqualTo(PatternTemplateCodes.FolderInUse));
        Assert.That(Directory.GetFileSystemEntries(_folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_folder_below_a_file_cannot_be_written()
    {
        string mine = Path.Combine(_folder, "mine.txt");
        File.WriteAllText(mine, "mine");

        Assert.That(
            Refusal(() => PatternTemplate.OfKind("csharp").Write(Path.Combine(mine, "new"), TemplateNames.Of("Acme.Wiki", null))).Code,
            Is.EqualTo(PatternTemplateCodes.NotWritten));
    }

    [Test]
    public void An_unknown_kind_is_refused_with_the_ones_that_there_are()
    {
        Diagnostic problem = Refusal(() => PatternTemplate.OfKind("cobol"));

        Assert.That(
            (problem.Code, problem.Remedy),
            Is.EqualTo((PatternTemplateCodes.UnknownKind, $"use --kind {string.Join(" or --kind ", PatternTemplate.Kinds)}")));
    }

    // Two programs fill the same files; their rules for names must agree.
    [Test]
    [Category("Slow")]
    public void Dotnet_new_writes_the_same()
    {
        using var workspace = new PackageWorkspace();
        workspace.Pack(Builds.Repository, "Patterns.Sdk.Templates/Patterns.Sdk.Templates.csproj", Builds.Configuration);
        PackageWorkspace.MustSucceed(workspace.Dotnet("new", "install", Directory.GetFiles(workspace.Feed).Single()));
        foreach ((
            string project,
            string? pattern) in new (string, string?)[]
            {
                ("Acme.TeamWiki", null),
                ("my-team.3HTTPServer_", null),
                ("Acme.Wiki", "other-name"),
            })
        {
            string[] given = pattern is null ? [] : ["--pattern-name", pattern];
            PackageWorkspace.MustSucceed(workspace.Dotnet(["new", "tfgrid-pattern", "-n", project, "--no-update-check", .. given]));
            string ours = Path.Combine(_folder, project);
            PatternTemplate.OfKind("csharp").Write(ours, TemplateNames.Of(project, pattern));

            Assert.That(Content(ours), Is.EqualTo(Content(workspace.In(project))), project);
        }
    }

    private static Dictionary<string, string> Content(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllText);

    private static Diagnostic Refusal(Action call)
    {
        DiagnosticException refused = Assert.Throws<DiagnosticException>(call)!;
        Assert.That(refused.ExitCode, Is.EqualTo(ExitCode.Usage));
        return refused.Diagnostics.Single();
    }
}
