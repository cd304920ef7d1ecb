using System.Globalization;
using System.Text.RegularExpressions;
using TfgridCompose.EndToEnd.Tests.Support;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>
/// Follows docs/patterns.md as a pattern's author would: every command of the page, in order, from the packages of the SDK to a deployment
/// and its removal. Nothing in the product knows the pattern.
/// </summary>
[Category("Slow")]
public sealed partial class PatternsPageTests
{
    private const string Page = "docs/patterns.md";

    [Test]
    public async Task Every_command_of_the_page_works_in_its_order()
    {
        await using Lab lab = await Lab.CreateAsync();
        using var workspace = new PackageWorkspace(lab.Root);
        var shell = new Shell(lab, workspace);
        MatchCollection blocks = BashBlocks().Matches(await File.ReadAllTextAsync(Path.Combine(Product.Repository, Page)));
        Assert.That(blocks, Has.Count.GreaterThanOrEqualTo(7), $"bash blocks of {Page}");

        var outputs = new List<string>();
        foreach (Match block in blocks)
        {
            outputs.Add(await shell.RunAsync(block.Groups["commands"].Value));
        }

        string everything = string.Concat(outputs);
        Assert.Multiple(() =>
        {
            // Its own two tests and the ten checks of the kit.
            Assert.That(everything, Does.Match(@"Failed: +0, Passed: +12, Skipped: +0"));
            Assert.That(everything, Does.Match(@"ok wiki 0\.1\.0"));
            Assert.That(everything, Does.Contain("Hello from wiki\n"));
            Assert.That(Directory.GetDirectories(Path.Combine(lab.ComposeHome, "plugins")), Is.Empty);
            Assert.That(lab.Deployments, Is.Empty);
        });
        Assert.That((await lab.RunAsync("patterns", "list")).MustEndWith(0).Output, Does.Not.Contain("wiki").And.Not.Contain("my-machine"));
    }

    [GeneratedRegex("^```bash\\n(?<commands>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex BashBlocks();

    /// <summary>One block after the other, each where the last one ended; the first in the repository.</summary>
    private sealed class Shell(Lab lab, PackageWorkspace workspace)
    {
        private string _folder = Product.Repository;

        private Dictionary<string, string?> Environment => new(
            lab.Environment.Concat(_folder == Product.Repository ? workspace.RepositoryVariables() : workspace.Variables()))
        {
            ["PATH"] = $"{Product.Folder}:{System.Environment.GetEnvironmentVariable("PATH")}",
            ["DOTNET_CLI_HOME"] = lab.Home,
            ["Configuration"] = null,
        };

        public async Task<string> RunAsync(string commands)
        {
            string place = lab.In("folder");
            using var program =
                new RunningProgram("bash", ["-euo", "pipefail", "-c", $"{commands}\npwd > '{place}'"], Environment, _folder);
            ProgramResult result = await program.EndAsync();
            await TestContext.Out.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{result.Elapsed.TotalSeconds,6:F1} s\n{commands}"));
            result.MustEndWith(0);
            _folder = (await File.ReadAllTextAsync(place)).Trim();
            return result.Everything;
        }
    }
}
