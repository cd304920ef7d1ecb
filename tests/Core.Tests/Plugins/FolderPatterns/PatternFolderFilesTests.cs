using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Plugins.FolderPatterns;

public sealed class PatternFolderFilesTests
{
    [Test]
    public void Files_come_in_order_and_what_terraform_left_behind_does_not()
    {
        using var folder = new PatternFolder();
        foreach (string path in new[]
        {
            "infrastructure/.terraform/providers/x", "infrastructure/.terraform.lock.hcl",
            "infrastructure/terraform.tfstate", "infrastructure/terraform.tfstate.backup",
            "infrastructure/terraform.tfvars", "infrastructure/mine.auto.tfvars.json", "platform/.DS_Store", "notes.txt",
        })
        {
            folder.Write(path, "x");
        }

        folder.Write("infrastructure/modules/net/main.tf", "");
        folder.Write("platform/site.yml", "[]");
        folder.Write("platform/roles/web/.hidden", "x");

        Assert.That(folder.Load().Files.Select(file => file.Path), Is.EqualTo(new[]
        {
            "infrastructure/main.tf", "infrastructure/modules/net/main.tf", "infrastructure/outputs.tf",
            "platform/roles/web/.hidden", "platform/site.yml",
        }));
    }

    [Test]
    public void A_file_is_read_once_so_that_an_edit_is_for_the_next_run()
    {
        using var folder = new PatternFolder();
        string site = folder.Write("platform/site.yml", "one");
        PatternFile file = folder.Load().Files.Single(each => each.Path == "platform/site.yml");

        File.WriteAllText(site, "two");

        using var reader = new StreamReader(file.Open());
        Assert.That(reader.ReadToEnd(), Is.EqualTo("one"));
    }

    [TestCase("/etc/hostname")]
    [TestCase("../../outside")]
    [TestCase("/no/such/file")]
    public void A_link_that_leaves_the_folder_is_refused(string target)
    {
        using var folder = new PatternFolder();
        File.CreateSymbolicLink(Path.Combine(folder.Root, "infrastructure", "link.tf"), target);

        Assert.That(folder.Failure().Select(problem => problem.Code), Is.EqualTo([FolderPatternCodes.FileRefused]));
    }

    [Test]
    public void A_folder_that_is_a_link_out_is_refused()
    {
        using var folder = new PatternFolder();
        using var other = new PatternFolder();
        Directory.CreateSymbolicLink(Path.Combine(folder.Root, "platform"), other.Root);

        Assert.That(folder.Failure().Single().Message, Does.Contain(other.Root));
    }

    [Test]
    public void A_link_in_a_circle_is_refused()
    {
        using var folder = new PatternFolder();
        Directory.CreateSymbolicLink(Path.Combine(folder.Root, "infrastructure", "again"), "../infrastructure");

        Assert.That(folder.Failure().Single().Message, Does.Contain("circular link"));
    }

    [Test]
    public void A_link_inside_of_the_folder_is_followed()
    {
        using var folder = new PatternFolder();
        folder.Write("shared/defaults/main.yml", "x");
        Directory.CreateDirectory(Path.Combine(folder.Root, "platform"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Root, "platform", "shared"), "../shared");

        Assert.That(folder.Load().Files.Select(file => file.Path), Does.Contain("platform/shared/defaults/main.yml"));
    }
}
