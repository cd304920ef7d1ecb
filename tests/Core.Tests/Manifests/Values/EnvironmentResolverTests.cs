using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Values;

namespace TfgridCompose.Core.Tests.Manifests.Values;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EnvironmentResolverTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Test]
    public void The_nearer_source_wins()
    {
        _app.File(".env", "D1=dot\nE=dot\nF=dot\nG=dot\n");
        string file = _app.File("prod.env", "E=file\nF=file\nG=file\n");
        EnvironmentRequest request = Request("A", "B", "D1", "E", "F", "G") with
        {
            EnvFiles = [file],
            Assignments = ["F=flag", "G"],
            ProcessEnvironment = new Dictionary<string, string> { ["B"] = "process", ["D1"] = "process", ["G"] = "process" },
        };

        Assert.That(Shown(EnvironmentResolver.Resolve(request)), Is.EqualTo("A=default B=process D1=dot E=file F=flag G=process"));
    }

    [Test]
    public void An_env_file_that_is_a_link_to_nothing_is_an_error()
    {
        File.CreateSymbolicLink(Path.Combine(_app.Folder, ".env"), "/nowhere/secrets.env");

        Diagnostic problem = EnvironmentResolver.Resolve(Request("A")).Problems.Single();

        Assert.That((problem.Code, problem.Severity), Is.EqualTo((ManifestCodes.FileUnreadable, Severity.Error)));
        Assert.That(problem.Message, Does.Contain("/.env cannot be read: it is a link to '/nowhere/secrets.env', where nothing is."));
    }

    [TestCase(".env")]
    [TestCase("own.env")]
    [TestCase("flag.env")]
    public void An_env_file_that_is_a_folder_is_an_error(string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_app.Folder, name)).FullName;
        EnvironmentRequest request = Request("A") with
        {
            ManifestEnvFile = name == "own.env" ? folder : null,
            EnvFiles = name == "flag.env" ? [folder] : [],
        };

        Diagnostic problem = EnvironmentResolver.Resolve(request).Problems.Single();

        Assert.That((problem.Code, problem.Severity), Is.EqualTo((ManifestCodes.FileUnreadable, Severity.Error)));
        Assert.That(problem.Message, Does.Contain("it is a folder"));
    }

    [TestCase("", true)]
    [TestCase("/opt/app/bin", true)]
    [TestCase("/opt/app/bin:/usr/bin", false)]
    [TestCase("/bin", false)]
    [TestCase("/usr/bin/:/opt/x", false)]
    public void A_PATH_without_the_systems_programs_is_refused(string path, bool isRefused)
    {
        _app.File(".env", $"PATH={path}\n");

        IReadOnlyList<Diagnostic> problems = EnvironmentResolver.Resolve(Request("A")).Problems;

        Assert.That(problems.Select(problem => (problem.Code, problem.Severity)), Is.EqualTo(
            isRefused ? [(EnvironmentCodes.ValueUnusable, Severity.Error)] : Array.Empty<(string, Severity)>()));
    }

    [TestCase(".env", 0b110_100_000, true)]
    [TestCase(".env", 0b110_000_100, true)]
    [TestCase(".env", 0b110_000_000, false)]
    [TestCase("own.env", 0b110_100_100, true)]
    [TestCase("flag.env", 0b110_100_100, true)]
    public void A_file_with_secrets_that_others_may_read_is_warned_of(string name, int mode, bool isWarned)
    {
        string file = _app.File(name, "A=plain\nPIN=1234\nDB_PASSWORD=x\nEMPTY_TOKEN=\n");
        File.SetUnixFileMode(file, (UnixFileMode)mode);
        EnvironmentRequest request = Request("A") with
        {
            Declared = [Variable("A"), Variable("PIN") with { Secret = true }],
            ManifestEnvFile = name == "own.env" ? file : null,
            EnvFiles = name == "flag.env" ? [file] : [],
        };

        Assert.That(EnvironmentResolver.Resolve(request).Problems, Is.EqualTo(isWarned
            ? [Diagnostic.Warning(
                EnvironmentCodes.ReadableByOthers,
                $"{file} holds the secret PIN, DB_PASSWORD, and other users of this computer may read it.",
                $"chmod 600 {file}")]
            : Array.Empty<Diagnostic>()));
    }

    [Test]
    public void A_file_without_secrets_may_be_read_by_all_and_a_link_counts_as_what_it_leads_to()
    {
        string file = _app.File(".env", "A=plain\n");
        File.SetUnixFileMode(file, (UnixFileMode)0b110_100_100);
        Assert.That(EnvironmentResolver.Resolve(Request("A")).Problems, Is.Empty);

        string real = _app.File("real.env", "TOKEN=abcd\n");
        File.SetUnixFileMode(real, (UnixFileMode)0b110_000_000);
        File.Delete(file);
        File.CreateSymbolicLink(file, real);
        Assert.That(EnvironmentResolver.Resolve(Request("A")).Problems, Is.Empty);

        File.SetUnixFileMode(real, (UnixFileMode)0b110_100_000);
        Assert.That(
            EnvironmentResolver.Resolve(Request("A")).Problems.Select(problem => problem.Code),
            Is.EqualTo([EnvironmentCodes.ReadableByOthers]));
    }

    [Test]
    public void An_env_file_on_the_command_line_stands_in_for_the_manifests()
    {
        string own = _app.File("own.env", "A=own\nX=own\n");
        string flag = _app.File("flag.env", "A=flag\n");
        EnvironmentRequest request = Request("A") with { ManifestEnvFile = own };

        Assert.That(Shown(EnvironmentResolver.Resolve(request)), Is.EqualTo("A=own X=own"));
        Assert.That(Shown(EnvironmentResolver.Resolve(request with { EnvFiles = [flag] })), Is.EqualTo("A=flag"));
    }

    [Test]
    public void Only_declared_and_given_names_are_passed()
    {
        EnvironmentRequest request = Request("A") with
        {
            Assignments = ["EXTRA=a=b"],
            ProcessEnvironment = new Dictionary<string, string> { ["AWS_SECRET"] = "x", ["PATH"] = "/bin" },
        };

        Assert.That(Shown(EnvironmentResolver.Resolve(request)), Is.EqualTo("A=default EXTRA=a=b"));
    }

    [Test]
    public void A_variable_without_any_value_is_not_passed()
    {
        EnvironmentRequest request = Request() with { Declared = [Variable("A") with { Default = null }] };

        ResolvedEnvironment resolved = EnvironmentResolver.Resolve(request);

        Assert.That((resolved.Values.Count, resolved.Problems.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public void All_missing_required_ones_are_told_at_once_with_the_flag_to_add()
    {
        EnvironmentRequest request = Request() with
        {
            Declared = [Required("A", 3), Required("B", 5) with { Description = "Domain" }, Required("C", 7)],
            Assignments = ["A=", "C=x"],
        };

        IReadOnlyList<Diagnostic> problems = EnvironmentResolver.Resolve(request).Problems;

        Assert.That(TestApp.Marks(problems), Is.EqualTo(["TFC0264 3:1", "TFC0264 5:1"]));
        Assert.That(problems[1].Message, Does.Contain("'B' (Domain)"));
        Assert.That(problems[1].Remedy, Does.StartWith("Add --env B=VALUE"));
    }

    [TestCase("DNS=name.com", "TFC0264 9:1")]
    [TestCase("DNS=manual", "")]
    [TestCase("OTHER=1", "")]
    public void A_required_one_whose_condition_does_not_hold_may_be_missing(string assignment, string expected)
    {
        EnvironmentRequest request = Request() with
        {
            Declared =
            [
                Variable("DNS") with { Default = null },
                Required("TOKEN", 9) with { DependsOn = new Dictionary<string, IReadOnlyList<string>> { ["DNS"] = ["name.com", "gandi"] } },
            ],
            Assignments = [assignment],
        };

        Assert.That(string.Join(",", TestApp.Marks(EnvironmentResolver.Resolve(request).Problems)), Is.EqualTo(expected));
    }

    [Test]
    public void A_value_that_is_no_option_is_a_problem_where_it_stands()
    {
        _app.File(".env", "\nSIZE=smal\n");
        EnvironmentRequest request = Request() with { Declared = [Variable("SIZE") with { Options = ["small", "large"] }] };

        Diagnostic problem = EnvironmentResolver.Resolve(request).Problems.Single();

        Assert.That(
            (problem.Code, problem.Location!.File, problem.Location.Line),
            Is.EqualTo(("TFC0265", Path.Combine(_app.Folder, ".env"), 2)));
        Assert.That(problem.Remedy, Does.StartWith("Did you mean 'small'?"));
    }

    [Test]
    public void A_secret_is_shown_nowhere()
    {
        EnvironmentRequest request = Request() with
        {
            Declared = [Variable("PIN") with { Secret = true, Options = ["1"] }],
            Assignments = ["PIN=hunter2", "MY_TOKEN=hunter2"],
        };

        ResolvedEnvironment resolved = EnvironmentResolver.Resolve(request);

        Assert.That(resolved.Values.Select(value => value.IsSecret), Is.All.True);
        Assert.That(resolved.Values[0].Value.Reveal(), Is.EqualTo("hunter2"));
        Assert.That(
            $"{resolved.Values[0]} {resolved.Values[1]} {resolved.Values[0].Value} {resolved.Problems.Single()}",
            Does.Not.Contain("hunter2"));
    }

    [TestCase("=x", "TFC0266")]
    [TestCase("A-B=x", "TFC0266")]
    [TestCase("", "TFC0266")]
    [TestCase("NOWHERE", "TFC0267")]
    [TestCase("A=x\0y", "TFC0268")]
    [TestCase("PPID=1", "TFC0263")]
    public void A_bad_assignment_is_a_problem(string assignment, string code)
    {
        EnvironmentRequest request = Request("A") with { Assignments = [assignment] };

        Assert.That(EnvironmentResolver.Resolve(request).Problems.Single().Code, Is.EqualTo(code));
    }

    [Test]
    public void What_a_playbook_gets_has_no_name_that_Ansible_interprets()
    {
        _app.File(".env", "ansible_connection=local\nFINE=1\n");
        EnvironmentRequest request = Request("environment") with
        {
            Assignments = ["ansible_ssh_common_args=-o ProxyCommand=id"],
            IsForPlaybook = true,
        };

        IReadOnlyList<Diagnostic> problems = EnvironmentResolver.Resolve(request).Problems;

        Assert.That(problems.Select(problem => (problem.Code, problem.Severity)).Distinct(), Is.EqualTo(
            [(EnvironmentCodes.NameOfAnsible, Severity.Error)]));
        Assert.That(problems, Has.Count.EqualTo(3));
        Assert.That(string.Join('\n', problems.Select(problem => problem.Message)), Does.Contain("'environment' from default")
            .And.Contain("'ansible_connection' from .env").And.Contain("'ansible_ssh_common_args' from --env")
            .And.Not.Contain("ProxyCommand"));
        Assert.That(EnvironmentResolver.Resolve(request with { IsForPlaybook = false }).Problems, Is.Empty, "hooks take any name");
    }

    [Test]
    public void A_missing_env_file_is_a_problem_and_a_missing_dot_env_is_none()
    {
        Assert.That(EnvironmentResolver.Resolve(Request("A")).Problems, Is.Empty);
        Assert.That(
            EnvironmentResolver.Resolve(Request("A") with { EnvFiles = ["gone.env"] }).Problems.Single().Code,
            Is.EqualTo("TFC0260"));
    }

    [Test]
    public void A_dot_env_that_is_a_folder_or_too_large_is_a_problem()
    {
        string path = Path.Combine(_app.Folder, ".env");
        Directory.CreateDirectory(path);
        string folder = EnvironmentResolver.Resolve(Request()).Problems.Single().Code;
        Directory.Delete(path);
        _app.File(".env", "A=" + new string('x', 1024 * 1024));

        Assert.That(
            (folder, EnvironmentResolver.Resolve(Request()).Problems.Single().Code),
            Is.EqualTo((ManifestCodes.FileUnreadable, ManifestCodes.FileTooLarge)));
    }

    private static EnvironmentVariable Variable(string name, int line = 1) =>
        new() { Name = name, Default = "default", Location = new SourceLocation("m.yaml", line, 1) };

    private static EnvironmentVariable Required(string name, int line) => Variable(name, line) with { Default = null, Required = true };

    private static string Shown(ResolvedEnvironment resolved)
    {
        Assert.That(resolved.Problems, Is.Empty);
        return string.Join(' ', resolved.Values);
    }

    private EnvironmentRequest Request(params string[] names) =>
        new() { AppFolder = _app.Folder, Declared = [.. names.Select(name => Variable(name))] };
}
