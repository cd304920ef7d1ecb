using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using TfgridCompose.EndToEnd.Tests.Support;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>
/// The way of a third party, in an empty folder outside of the repository: our packages are a feed there, and the product is the published
/// one. Nothing in it knows the pattern.
/// </summary>
public sealed partial class ThirdPartyPatternTests
{
    private const string Project = "Acme.TeamWiki";
    private const string Pattern = "team-wiki";

    // Its own tests, and the checks that deploy nothing: metadata, options, topology, variables, terraform, playbook.
    private const int TestsWithoutMachines = 2 + 6;

    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent!.Name;
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    [Test]
    public async Task A_pattern_goes_from_the_template_to_a_deployment_and_away()
    {
        using var workspace = new PackageWorkspace();
        await using Lab lab = await Lab.CreateAsync();
        foreach (string package in new[] { "Patterns.Sdk", "Patterns.Sdk.Testing", "Patterns.Sdk.Templates" })
        {
            workspace.Pack(Product.Repository, $"{package}/{package}.csproj", Configuration);
        }

        Say("packed");
        CreateAndTest(workspace, lab);
        Say("created, built and tested");
        Run(workspace, "pack", Project, "-c", "Release", "--no-build", "--output", "packages");
        Say("packed as a pattern");

        (await lab.RunAsync("patterns", "install", Project, "--source", workspace.In("packages"), "--non-interactive")).MustEndWith(0);
        Assert.That((await lab.RunAsync("patterns", "list")).MustEndWith(0).Output, Does.Match($@"\n{Pattern} +0\.1\.0 +One machine"));
        await DeployAsync(lab, workspace.In($"{Project}/{Project}/samples/hello"));
        Say("deployed and destroyed");

        (await lab.RunAsync("patterns", "remove", Pattern, "--yes")).MustEndWith(0);
        Assert.That((await lab.RunAsync("patterns", "list")).MustEndWith(0).Output, Does.Not.Contain(Pattern));
        Assert.That(Directory.EnumerateFiles(lab.ComposeHome, $"{Project}.dll", SearchOption.AllDirectories), Is.Empty);
    }

    private static void CreateAndTest(PackageWorkspace workspace, Lab lab)
    {
        string templates = Directory.GetFiles(workspace.Feed, "*.Templates.*.nupkg").Single();
        Run(workspace, "new", "install", templates);
        Run(workspace, "new", "tfgrid-pattern", "-n", Project, "--no-update-check");
        Run(workspace, "build", Project, "-c", "Release", "-v", "quiet");
        Dictionary<string, string?> variables = new(lab.Environment) { ["TFGRID_COMPOSE"] = Product.Executable, ["TFGRID_COMPOSE_CONFORMANCE"] = "quick" };

        (int exitCode, string output) = workspace.Dotnet(variables, "test", Project, "-c", "Release", "--no-build");

        Assert.That(exitCode, Is.Zero, output);
        Match counts = Counts().Match(output);
        Assert.That(int.Parse(counts.Groups["passed"].Value, CultureInfo.InvariantCulture), Is.GreaterThanOrEqualTo(TestsWithoutMachines), output);
    }

    private static async Task DeployAsync(Lab lab, string sample)
    {
        string app = lab.In("hello");
        Folders.Copy(sample, app);

        (await lab.RunAsync("up", app, "--grid", "local")).MustEndWith(0);

        string address = (await lab.RunAsync("address", app)).MustEndWith(0).Output.Trim();
        Assert.That(await Web.PageAsync(address, port: 8080), Is.EqualTo($"Hello from {Pattern}\n"));
        Assert.That((await lab.RunAsync("exec", app, "--", "cat", "/etc/motd")).MustEndWith(0).Output, Does.Contain($"Made by the pattern {Pattern}."));
        (await lab.RunAsync("down", app, "--yes")).MustEndWith(0);
    }

    private static void Run(PackageWorkspace workspace, params string[] arguments) => PackageWorkspace.MustSucceed(workspace.Dotnet(arguments));

    private void Say(string what) => TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_watch.Elapsed.TotalSeconds,6:F1} s  {what}"));

    [GeneratedRegex(@"Failed: +0, Passed: +(?<passed>\d+)")]
    private static partial Regex Counts();
}
