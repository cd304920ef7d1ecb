using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Trust;

namespace TfgridCompose.Core.Tests.Trust;

/// <summary>Answers are kept by folder and content.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AppTrustTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly RecordedEvents _events = new();
    private int _asked;

    public void Dispose() => _home.Dispose();

    [Test]
    public void A_yes_holds_for_that_folder_and_that_content()
    {
        Require(Code("/apps/a", "one"));
        Require(Code("/apps/a", "one"));
        Assert.That(_asked, Is.EqualTo(1));

        Require(Code("/apps/moved", "one"));
        Require(Code("/apps/a", "two"));
        Require(Code("/apps/a", "one"));

        Assert.That(_asked, Is.EqualTo(4), "another folder, another content, and back: only the last content counts");
        Assert.That(File.GetUnixFileMode(_home.Home.Trusted), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void Every_path_to_an_app_is_the_same_app()
    {
        string real = _home.Folder("real");
        string link = Path.Combine(_home.Root, "link");
        File.CreateSymbolicLink(link, real);
        Require(Code(AppFolder.Of(real, "/"), "one"));

        Require(Code(AppFolder.Of(link, "/"), "one"));

        Assert.That(_asked, Is.EqualTo(1));
    }

    [Test]
    public void A_no_is_not_remembered()
    {
        DiagnosticException refused =
            Assert.Throws<DiagnosticException>(() => Trust.Require(Code("/apps/a", "one"), _ => false))!;

        Assert.That((refused.ExitCode, refused.Diagnostics[0].Code), Is.EqualTo((ExitCode.Prerequisite, PhaseCodes.NotTrusted)));
        Assert.That(File.Exists(_home.Home.Trusted), Is.False);
    }

    [Test]
    public void An_answer_is_confirmed_only_after_it_is_saved()
    {
        Require(Code("/apps/a", "one"));
        Assert.That(_events.All.OfType<Note>().Single().Text, Does.Contain(_home.Home.Trusted));
        Directory.CreateDirectory($"{_home.Home.Trusted}.{Environment.ProcessId}.tmp");

        Assert.Throws<UnauthorizedAccessException>(() => Require(Code("/apps/a", "two")));

        Assert.That(_events.All.OfType<Note>().Count(), Is.EqualTo(1));
    }

    [TestCase("folder", "a folder")]
    [TestCase("pipe", "named pipe")]
    [TestCase("loop", "leads to itself")]
    public void What_is_not_a_file_is_to_be_removed(string what, string reason)
    {
        _home.Home.Create();
        switch (what)
        {
            case "folder":
                Directory.CreateDirectory(_home.Home.Trusted);
                break;
            case "pipe":
                using (var made = System.Diagnostics.Process.Start("mkfifo", [_home.Home.Trusted]))
                {
                    Assert.That(made.WaitForExit(10_000) && made.ExitCode == 0);
                }

                break;
            default:
                File.CreateSymbolicLink(_home.Home.Trusted, "trusted.json");
                break;
        }

        DiagnosticException refused = Assert.Throws<DiagnosticException>(() => new TrustedApps(_home.Store).Read())!;

        Diagnostic problem = refused.Diagnostics.Single();
        Assert.That((refused.ExitCode, problem.Code), Is.EqualTo((ExitCode.Conflict, StateCodes.TrustUnreadable)));
        Assert.That(problem.Message, Does.Contain($"{_home.Home.Trusted} is not a file").And.Contain(reason));
        Assert.That(problem.Remedy, Does.StartWith("remove it"));
    }

    [Test]
    public void Only_the_parts_that_changed_are_asked_about()
    {
        CodePart state = Part(CodeKind.State, ("address", "x"));
        Require(new AppCode("a", "/apps/a", [state]));
        AppCode all = new("a", "/apps/a", [Part(CodeKind.Playbook, ("p.yml", "1"), ("q.yml", "1")), state]);

        Assert.That(Trust.Open(all)!.Code.Parts.Select(part => part.Kind), Is.EqualTo([CodeKind.Playbook]));
        Require(all);
        AppCode changed = new("a", "/apps/a", [Part(CodeKind.Playbook, ("p.yml", "2"), ("r.yml", "1")), state]);
        TrustQuestion question = Trust.Open(changed)!;

        Assert.That(
            question.ChangesOf(question.Code.Parts.Single()), Is.EqualTo(["new: r.yml", "changed: p.yml", "gone: q.yml"]));
    }

    [Test]
    public void A_files_name_makes_no_line_of_its_own_and_turns_none()
    {
        Require(Code("/apps/a", "one"));
        AppCode changed = new("a", "/apps/a", [Part(CodeKind.Playbook, ("x\n  its playbook \u202e.yml", "1"))]);
        TrustQuestion question = Trust.Open(changed)!;

        Assert.That(question.ChangesOf(question.Code.Parts.Single())[0], Is.EqualTo("new: x?  its playbook ?.yml"));
    }

    [Test]
    public void Nothing_is_written_where_nothing_is_withdrawn()
    {
        Assert.That(new TrustedApps(_home.Store).Remove(_ => true), Is.Empty);
        Assert.That(File.Exists(_home.Home.Trusted), Is.False);
    }

    [Test]
    public async Task Answers_given_at_once_are_all_kept()
    {
        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => Require(Code($"/apps/{i}", "one")))));

        Assert.That(new TrustedApps(_home.Store).Read(), Has.Count.EqualTo(24));
    }

    // What separates the pieces is part of the hash: no file's name may pass for another one's content.
    [Test]
    public void Names_and_contents_do_not_run_into_each_other()
    {
        Assert.That(Part(CodeKind.Playbook, ("a", "bc")).Content, Is.Not.EqualTo(Part(CodeKind.Playbook, ("ab", "c")).Content));
        Assert.That(Part(CodeKind.Playbook, ("a", "b")).Content, Is.Not.EqualTo(Part(CodeKind.Pattern, ("a", "b")).Content));
    }

    private AppTrust Trust => new(Here());

    private void Require(AppCode code) => Trust.Require(code, _ => Interlocked.Increment(ref _asked) > 0);

    private static AppCode Code(string folder, string stamp) =>
        new("a", folder, [Part(CodeKind.Playbook, ("deployment/playbook.yml", stamp))]);

    private static CodePart Part(CodeKind kind, params (string Name, string Stamp)[] files) =>
        new(kind, "it", [], [.. files.Select(file => new CodeFile(file.Name, file.Stamp))]);

    private Surroundings Here() => new()
    {
        Runner = new RecordingRunner(),
        Events = _events,
        Mask = new SecretMask(),
        Store = _home.Store,
        Environment = new Dictionary<string, string>(),
        CurrentFolder = _home.Root,
        LocalGridPath = "/bin/true",
        PluginRoots = [],
        Self = new OwnProgram(["/bin/true"]),
    };
}
