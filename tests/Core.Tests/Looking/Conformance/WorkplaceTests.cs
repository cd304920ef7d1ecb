using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Looking.Conformance;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Plugins.FolderPatterns;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Plugins.Loading;

namespace TfgridCompose.Core.Tests.Looking.Conformance;

public sealed class WorkplaceTests
{
    [Test]
    public void A_pattern_folder_is_installed_with_the_files_that_its_links_lead_to()
    {
        using var pattern = new PatternFolder();
        pattern.Write("shared/site.yml", "- hosts: all\n");
        Directory.CreateSymbolicLink(Path.Combine(pattern.Root, "platform"), "shared");
        pattern.Write("common/locals.tf", "locals {}\n");
        File.CreateSymbolicLink(Path.Combine(pattern.Root, "infrastructure", "locals.tf"), "../common/locals.tf");
        using var workplace = new Workplace(new RecordingRunner(), new RecordedEvents());
        workplace.Create();

        workplace.Install(pattern.Entry, pattern.Load());

        string installed = Path.Combine(workplace.Home.Plugins, pattern.Entry.Name);
        Assert.That(File.ReadAllText(Path.Combine(installed, "platform", "site.yml")), Is.EqualTo("- hosts: all\n"));
        Assert.That(
            PatternHost.Load(PluginCatalog.Open(installed)).Files.Select(file => file.Path),
            Is.EqualTo(pattern.Load().Files.Select(file => file.Path)).And.Contains("infrastructure/locals.tf"));
    }

    [Test]
    public void A_pattern_folder_without_a_platform_is_installed()
    {
        using var pattern = new PatternFolder();
        using var workplace = new Workplace(new RecordingRunner(), new RecordedEvents());
        workplace.Create();

        workplace.Install(pattern.Entry, pattern.Load());

        Assert.That(PluginCatalog.Open(Path.Combine(workplace.Home.Plugins, pattern.Entry.Name)).Problem, Is.Null);
    }

    [Test]
    public void The_pattern_takes_the_place_of_an_older_one_in_the_samples_folder()
    {
        PatternCatalogEntry pattern = PluginCatalog.Open(PluginFolders.StagedFolder("defective"));
        using var workplace = new Workplace(new RecordingRunner(), new RecordedEvents());
        string target = Path.Combine(workplace.SampleFolder("mine"), "pattern");
        Directory.CreateDirectory(target);
        File.WriteAllText(Path.Combine(target, PluginDescriptor.FileName), "an older one");

        workplace.Install(pattern, PatternHost.Load(pattern), target);

        foreach (string file in Directory.GetFiles(pattern.Folder))
        {
            Assert.That(
                File.ReadAllBytes(Path.Combine(target, Path.GetFileName(file))), Is.EqualTo(File.ReadAllBytes(file)), file);
        }
    }

    [Test]
    public async Task Without_a_key_nothing_is_deployed()
    {
        var runner = new RecordingRunner(_ => RecordingRunner.Result(127, error: "ssh-keygen: not found"));
        using var workplace = new Workplace(runner, new RecordedEvents());

        DiagnosticException problem = (await Assert.ThrowsAsync<DiagnosticException>(
            () => workplace.MakeKeyAsync(CancellationToken.None)))!;

        Assert.That(
            (problem.ExitCode, problem.Diagnostics.Single()),
            Is.EqualTo((ExitCode.Prerequisite, Diagnostic.Error(
                ConformanceCodes.KeyFailed,
                "ssh-keygen ended with exit code 127: ssh-keygen: not found",
                "sudo apt-get install openssh-client"))));
    }

    [Test]
    public async Task A_key_is_made_without_a_question_in_a_limited_time()
    {
        var runner = new RecordingRunner();
        using var workplace = new Workplace(runner, new RecordedEvents());

        await workplace.MakeKeyAsync(CancellationToken.None);

        Assert.That(
            runner.Commands.Single().Arguments,
            Is.EqualTo(new[]
            {
                "-q", "-t", "ed25519", "-N", "", "-C", "tfgrid-compose patterns test", "-f", workplace.KeyPath,
            }),
            "no passphrase, and nothing is printed");
        Assert.That(runner.Commands.Single().TimeLimit, Is.InRange(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)));
    }

    [Test]
    public void A_folder_that_cannot_be_removed_is_named()
    {
        var events = new RecordedEvents();
        var workplace = new Workplace(new RecordingRunner(), events);
        Directory.Delete(workplace.Root);

        workplace.Dispose();

        Assert.That(events.All.OfType<Note>().Single().Text, Does.Contain($"{workplace.Root} cannot be removed"));
    }
}
