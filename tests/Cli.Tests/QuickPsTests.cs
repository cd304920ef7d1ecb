using System.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Cli.Tests;

/// <summary>
/// <c>ps</c> in a process of its own, of a program that has no option parser and no logger beside it: whatever needs
/// one, fails.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class QuickPsTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string[] Needed =
    [
        "tfgrid-compose.dll",
        "tfgrid-compose.runtimeconfig.json",
        "TfgridCompose.Core.dll",
        "TfgridCompose.Patterns.Sdk.dll",
    ];
    private readonly CliLab _lab = new();

    public QuickPsTests()
    {
        foreach (string file in Needed)
        {
            string target = Path.Combine(_lab.Root, "program", file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), target);
        }

        string[] names = ["hello", "it's é", new string('n', 60), "a\u001bb"];
        foreach ((int i, string name) in names.Index())
        {
            new DeploymentStore(_lab.State, TimeProvider.System).Save(Record($"id{i}", name));
        }

        new Selection(_lab.State).Choose("id1");
    }

    public void Dispose() => _lab.Dispose();

    [TestCase("ps")]
    [TestCase("ps", "--output", "json")]
    [TestCase("ps", "--output=json")]
    public async Task It_looks_as_the_long_way_does(params string[] args)
    {
        (int code, string output) = Run(args);

        Assert.That(code, Is.Zero, output);
        Assert.That(Ageless(output), Is.EqualTo(Ageless((await _lab.RunAsync(args)).Out)));
        Assert.That(output, Does.Contain("id3").And.Not.Contain("\u001b"));
    }

    [Test]
    public void A_damaged_index_is_left_to_the_long_way()
    {
        File.AppendAllText(_lab.State.Index, "- {torn");

        Assert.That(Run(["ps"]).Code, Is.Not.Zero, "this program has no long way");
    }

    private DeploymentRecord Record(string id, string name) => new()
    {
        Id = id,
        Name = name,
        AppName = name,
        AppPath = $"/apps/{name}",
        PatternName = "single-vm",
        Grid = "local",
        CreatedAt = DateTimeOffset.UtcNow.AddDays(-3),
        UpdatedAt = DateTimeOffset.UtcNow,
        IpRange = "10.42.0.0/16",
        Seed = new string('0', 64),
    };

    private static string Ageless(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\d+d ", "#d ");

    private (int Code, string Output) Run(string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(_lab.Root, "program", "tfgrid-compose.dll"), .. args])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = _lab.Home;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("it did not end");
        }

        return (process.ExitCode, output.Result + error.Result);
    }
}
