using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Tests.Manifests;
using TfgridCompose.Core.Tools.Apps;
using TfgridCompose.Core.Trust;

namespace TfgridCompose.Core.Tests.Trust;

/// <summary>What of an app acts on the user's computer, and what its hash covers.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AppCodeTests : IDisposable
{
    private const string Manifest = "name: hello\npattern: single-vm\n";
    private readonly TestApp _app = new();

    public AppCodeTests() => _app.File("src/page.txt", "one");

    public void Dispose() => _app.Dispose();

    [Test]
    public void An_app_with_hooks_only_has_none_and_its_files_are_not_read()
    {
        _app.File("deployment/setup.sh");
        Manifest manifest = _app.Load(Manifest).Manifest;

        var playbook = PlaybookFiles.Of(manifest, () => throw new AssertionException("files were read"));

        Assert.That(AppCode.Of(manifest, playbook, OwnPattern.Open(manifest.Pattern.Folder)).Parts, Is.Empty);
    }

    [Test]
    public void A_playbook_a_pattern_and_a_backend_are_each_a_part()
    {
        WritePlaybook("- hosts: all\n");
        WritePattern();
        AppCode code = Code("name: hello\npattern: ./mine\nstate: {backend: http, config: {address: 'http://x'}}\n");

        Assert.That(
            code.Parts.Select(part => $"{part.Kind} {part.Name} {string.Join(' ', part.Files.Select(file => file.Name))}"),
            Is.EqualTo([
                "Playbook deployment/playbook.yml deployment/playbook.yml",
                "Pattern ./mine pattern.yaml infrastructure/main.tf",
                "State http address",
            ]));
    }

    [TestCase("deployment/roles/a/tasks/main.yml", "- debug:\n")]
    [TestCase("deployment/templates/x.j2", "{{ lookup('pipe', 'id') }}")]
    [TestCase("deployment/library/m.py", "import os\n")]
    [TestCase("deployment/playbook.yml", "- hosts: localhost\n")]
    public void Every_file_beside_the_playbook_counts(string path, string text)
    {
        WritePlaybook("- hosts: all\n");
        string before = Content();

        _app.File(path, text);

        Assert.That(Content(), Is.Not.EqualTo(before));
    }

    [Test]
    public void Modes_and_links_count_and_the_apps_source_does_not()
    {
        WritePlaybook("- hosts: all\n");
        string script = _app.File("deployment/x.sh");
        string first = Content();
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string executable = Content();
        File.CreateSymbolicLink(Path.Combine(_app.Folder, "deployment/link"), "x.sh");
        string linked = Content();
        _app.File("src/page.txt", "two");

        Assert.That(new[] { first, executable, linked }.Distinct().Count(), Is.EqualTo(3));
        Assert.That(Content(), Is.EqualTo(linked));
    }

    [Test]
    public void A_playbook_that_reads_beyond_its_folder_counts_with_all_of_the_app()
    {
        WritePlaybook("- hosts: all\n  tasks: [{include_tasks: ../src/more.yml}]\n");
        string before = Content();

        _app.File("src/page.txt", "two");

        Assert.That(Content(), Is.Not.EqualTo(before));
    }

    [Test]
    public void A_link_out_of_the_playbooks_folder_counts_with_all_of_the_app()
    {
        WritePlaybook("- hosts: all\n");
        File.CreateSymbolicLink(Path.Combine(_app.Folder, "deployment/files"), "../src");
        string before = Content();

        _app.File("src/page.txt", "two");

        Assert.That(Content(), Is.Not.EqualTo(before));
    }

    [TestCase("/etc/hostname")]
    [TestCase("../../elsewhere")]
    [TestCase("roles/../../../elsewhere")]
    public void A_link_out_of_the_app_is_refused(string target)
    {
        WritePlaybook("- hosts: all\n");
        _app.File("deployment/roles/x.yml");
        File.CreateSymbolicLink(Path.Combine(_app.Folder, "deployment/tasks.yml"), target);

        DiagnosticException refused = Assert.Throws<DiagnosticException>(() => Content())!;

        Assert.That((refused.ExitCode, refused.Diagnostics.Single().Code), Is.EqualTo((ExitCode.Usage, AppCodes.PlaybookLink)));
    }

    [Test]
    public void An_absolute_link_elsewhere_in_the_app_is_left_out()
    {
        WritePlaybook("- hosts: all\n  tasks: [{copy: {src: ../src/page.txt}}]\n");
        _app.File(".venv/bin/activate");
        File.CreateSymbolicLink(Path.Combine(_app.Folder, ".venv/bin/python3"), "/usr/bin/python3");

        string[] names = [.. Code(Manifest).Parts.Single().Files.Select(file => file.Name)];

        Assert.That(names, Does.Contain(".venv/bin/activate").And.Contain("src/page.txt").And.Not.Contain(".venv/bin/python3"));
    }

    [TestCase("{{ playbook_dir }}/files/x", true)]
    [TestCase("path: ..", true)]
    [TestCase("# and so on...", false)]
    public void Words_that_lead_out_are_looked_for_in_every_text(string text, bool leadsOut)
    {
        WritePlaybook("- hosts: all\n");
        _app.File("deployment/templates/x.j2", text);

        Assert.That(Code(Manifest).Parts.Single().Files.Any(file => file.Name == "src/page.txt"), Is.EqualTo(leadsOut));
    }

    [Test]
    public void What_a_playbook_writes_lands_in_the_app_but_never_over_a_file_or_through_a_link()
    {
        WritePlaybook("- hosts: all\n");
        PlaybookFiles files = Playbook(Manifest);
        _app.File("deployment/taken", "the user's");
        string elsewhere = Directory.CreateDirectory(Path.Combine(_app.Folder, "elsewhere")).FullName;
        File.CreateSymbolicLink(Path.Combine(_app.Folder, "deployment/linked"), elsewhere);
        string folder = Path.Combine(_app.Folder, "..", $"copy-{Guid.NewGuid():N}");
        var copy = new PlaybookCopy(files, folder);
        string beside = Path.GetDirectoryName(copy.Write())!;
        Directory.CreateDirectory(Path.Combine(beside, "out/deep"));
        Directory.CreateDirectory(Path.Combine(beside, "linked"));
        foreach (string name in new[] { "kubeconfig", "out/deep/x", "taken", "linked/x" })
        {
            File.WriteAllText(Path.Combine(beside, name), "written");
        }

        Diagnostic left = copy.Finish()!;

        Assert.That(left.Code, Is.EqualTo(AppCodes.PlaybookLeft));
        Assert.That(left.Message, Does.Contain($"{folder}-left/deployment/taken").And.Contain($"{folder}-left/deployment/linked/x"));
        Assert.That(File.ReadAllText(Path.Combine(_app.Folder, "deployment/kubeconfig")), Is.EqualTo("written"));
        Assert.That(File.ReadAllText(Path.Combine(_app.Folder, "deployment/out/deep/x")), Is.EqualTo("written"));
        Assert.That(File.ReadAllText(Path.Combine(_app.Folder, "deployment/taken")), Is.EqualTo("the user's"));
        Assert.That(Directory.GetFileSystemEntries(elsewhere), Is.Empty);
        Assert.That(Directory.Exists(folder), Is.False, "the copy is removed");
        Assert.That(
            Directory.GetFiles($"{folder}-left", "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath($"{folder}-left", path)),
            Is.EquivalentTo(["deployment/taken", "deployment/linked/x"]));
        Directory.Delete($"{folder}-left", recursive: true);
    }

    [Test]
    public void A_backends_arguments_are_shown_whole_and_one_by_one()
    {
        string program = new('x', 400);
        AppCode code = Code(
            "name: hello\npattern: single-vm\nstate: {backend: kubernetes, config: {exec: {command: /tmp/" + program + ", api: b}}}\n");

        Assert.That(
            code.Parts.Single().Lines,
            Is.EqualTo([$"exec.command: \"/tmp/{program}\"", "exec.api: \"b\""]));
    }

    [Test]
    public void Lines_that_name_this_computer_come_first_and_no_sign_hides_one()
    {
        WritePlaybook("- hosts: all\n# a\r  delegate_to: localhost\n");

        Assert.That(Code(Manifest).Parts.Single().Lines[0], Does.EndWith("delegate_to: localhost"));
    }

    [Test]
    public void White_space_hides_nothing()
    {
        WritePlaybook($"- hosts: all\n  tasks:\n    - command: id\n      delegate_to:{new string(' ', 400)}\t localhost\n");

        Assert.That(Code(Manifest).Parts.Single().Lines[0], Is.EqualTo("deployment/playbook.yml:4  delegate_to: localhost"));
    }

    [Test]
    public void What_is_copied_is_what_was_hashed_or_nothing()
    {
        WritePlaybook("- hosts: all\n");
        _app.File("deployment/files/a", "agreed");
        PlaybookFiles files = Playbook(Manifest);
        string copy = files.CopyTo(Path.Combine(_app.Folder, "copy"));
        Assert.That(File.ReadAllText(Path.Combine(Path.GetDirectoryName(copy)!, "files/a")), Is.EqualTo("agreed"));

        _app.File("deployment/files/a", "edited");

        DiagnosticException changed =
            Assert.Throws<DiagnosticException>(() => files.CopyTo(Path.Combine(_app.Folder, "second")))!;
        Assert.That(changed.Diagnostics.Single().Code, Is.EqualTo(PhaseCodes.ChangedMeanwhile));
    }

    [Test]
    public void A_pattern_is_what_was_read_whatever_becomes_of_its_folder()
    {
        WritePattern();
        Manifest manifest = _app.Load("name: hello\npattern: ./mine\n").Manifest;
        OwnPattern own = OwnPattern.Open(manifest.Pattern.Folder)!;
        var agreed = AppCode.Of(manifest, null, own);
        _app.File("mine/infrastructure/main.tf", "edited");
        _app.File("mine/pattern.yaml", "edited");

        var files = PatternFileSet.Of(PatternHost.Load(own.Agreed("/nowhere", agreed.Parts[0].Content)), "infrastructure");

        Assert.That(files.Hashes.Single().Value, Is.EqualTo(agreed.Parts[0].Files[1].Stamp.Split(' ')[1]).IgnoreCase);
        Assert.That(AppCode.Of(manifest, null, own).Parts[0].Content, Is.EqualTo(agreed.Parts[0].Content));
    }

    [Test]
    public void A_pattern_that_cannot_be_read_is_no_part_and_stays_unreadable()
    {
        WritePattern();
        _app.File("mine/pattern.yaml", "name: own\nversion: 1.0.0\nroles: 7\n");
        Manifest manifest = _app.Load("name: hello\npattern: ./mine\n").Manifest;
        OwnPattern own = OwnPattern.Open(manifest.Pattern.Folder)!;
        Assert.That(AppCode.Of(manifest, null, own).Parts, Is.Empty);

        _app.File("mine/pattern.yaml", "name: own\nversion: 1.0.0\nroles:\n  server: {}\n");

        Assert.Throws<DiagnosticException>(() => PatternHost.Load(own.Agreed("/nowhere", "")));
    }

    private string Content() => Code(Manifest).Parts.Single().Content;

    private AppCode Code(string text)
    {
        Manifest manifest = _app.Load(text).Manifest;
        return AppCode.Of(manifest, Playbook(text), OwnPattern.Open(manifest.Pattern.Folder));
    }

    private PlaybookFiles Playbook(string text)
    {
        Manifest manifest = _app.Load(text).Manifest;
        return PlaybookFiles.Of(manifest, () => AppFiles.Of(manifest))!;
    }

    private void WritePlaybook(string text) => _app.File("deployment/playbook.yml", text);

    private void WritePattern()
    {
        _app.File("mine/pattern.yaml", "name: own\nversion: 1.0.0\nroles:\n  server: {}\n");
        string[] outputs = ["primary_ip", "primary_ip_type", "deployment_name", "node_ids"];
        _app.File("mine/infrastructure/main.tf", string.Concat(outputs.Select(name => $"output \"{name}\" {{ value = \"\" }}\n")));
    }
}
