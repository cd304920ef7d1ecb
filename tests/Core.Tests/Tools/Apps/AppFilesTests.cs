using System.Diagnostics;
using System.Net.Sockets;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Tests.Manifests;
using TfgridCompose.Core.Tools.Apps;

namespace TfgridCompose.Core.Tests.Tools.Apps;

/// <summary>What travels, and what is said of that which does not.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AppFilesTests : IDisposable
{
    private const string Manifest = "name: app\npattern: single-vm\n";
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Test]
    public void Empty_folders_travel()
    {
        Directory.CreateDirectory(Path.Combine(_app.Folder, "src/logs/old"));

        Assert.That(Travels(Read()), Is.EqualTo(["EmptyFolder tmp/app-source/logs/old"]));
    }

    [Test]
    public void A_link_to_nothing_travels_as_a_link()
    {
        _app.File("src/a");
        File.CreateSymbolicLink(Path.Combine(_app.Folder, "src/later"), "/run/made-on-the-machine");

        Assert.That(Travels(Read()), Is.EqualTo(["File tmp/app-source/a", "Link tmp/app-source/later"]));
    }

    [TestCase("#!/bin/bash\r\necho x\r\n", "ends its first line with a carriage return", "sed -i 's/\\r$//'")]
    [TestCase("\uFEFF#!/bin/sh\necho x\n", "begins with a byte order mark", "sed -i '1s/")]
    [TestCase("#!/bin/sh\necho 'a\r'\r\n", null, null)]
    [TestCase("#!/bin/sh", null, null)]
    [TestCase("", null, null)]
    public void A_first_line_as_on_Windows_is_found_before_a_machine_is_made(string text, string? what, string? mend)
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_app.Folder, "deployment")).FullName, "setup.sh"), text);

        Diagnostic[] problems = [.. Read().Problems.Where(problem => problem.Code == AppCodes.HookFirstLine)];

        Assert.That(problems, Has.Length.EqualTo(what is null ? 0 : 1));
        Assert.That(problems.Select(problem => problem.Message), Has.All.Contain($"The setup hook 'deployment/setup.sh' {what}"));
        Assert.That(problems.Select(problem => problem.Remedy), Has.All.Contain(mend ?? ""));
    }

    [TestCase("src")]
    [TestCase("deployment")]
    public void A_folder_that_leads_out_of_the_app_is_not_followed(string name)
    {
        string keys = Directory.CreateTempSubdirectory("tfc-keys-").FullName;
        File.WriteAllText(Path.Combine(keys, "id_ed25519"), "private");
        Directory.CreateSymbolicLink(Path.Combine(_app.Folder, name), keys);

        AppFiles read = Read();

        Directory.Delete(keys, recursive: true);
        Assert.That(read.Files, Is.Empty);
        Assert.That(
            read.Problems.Select(problem => $"{problem.Severity} {problem.Code} {problem.Message}"),
            Is.EqualTo([$"Error {AppCodes.FolderOutside} {_app.Folder}/{name} is a link to {keys}, outside the app's folder."]));
    }

    [Test]
    [CancelAfter(20_000)]
    public void Pipes_and_sockets_are_left_out_with_a_word()
    {
        _app.File("src/a");
        Run("mkfifo", "src/pipe");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_app.Folder, "src/app.sock")));

        AppFiles read = Read();

        Assert.That(Travels(read), Is.EqualTo(["File tmp/app-source/a"]));
        Assert.That(read.Problems.Select(Short), Is.EqualTo([
            $"Warning {AppCodes.SpecialFileLeftOut} '{_app.Folder}/src/app.sock' is a named pipe, a socket or a device, not a file. "
                + "It is not copied.",
            $"Warning {AppCodes.SpecialFileLeftOut} '{_app.Folder}/src/pipe' is a named pipe, a socket or a device, not a file. "
                + "It is not copied.",
        ]));
    }

    [Test]
    [Platform("Linux")]
    public void A_name_that_is_not_utf8_is_an_error()
    {
        _app.File("src/a");
        Run("sh", "-c", @"cd src && : >""$(printf 'caf\351.txt')"" && mkdir ""$(printf 'd\351')"" && : >""$(printf 'd\351')""/in");

        Assert.That(Read().Problems.Select(Short), Is.EqualTo([
            $"Error {AppCodes.FileNameNotUtf8} The name of a file or folder in {_app.Folder}/src is not UTF-8: 'caf\uFFFD.txt'.",
            $"Error {AppCodes.FileNameNotUtf8} The name of a file or folder in {_app.Folder}/src is not UTF-8: 'd\uFFFD'.",
        ]));
        Run("rm", "-r", "src");
    }

    [Test]
    public void A_name_with_the_sign_for_broken_text_is_a_name_like_others()
    {
        _app.File("src/caf\uFFFD.txt");

        Assert.That((Travels(Read())[0], Read().Problems.Count), Is.EqualTo(("File tmp/app-source/caf\uFFFD.txt", 0)));
    }

    [Test]
    public void Env_files_stay_here_and_one_that_nothing_replaces_is_named()
    {
        foreach (string file in new[] { ".env", "src/.env", "src/sub/.env", "deployment/.env" })
        {
            _app.File(file, "A=secret\n");
        }

        AppFiles read = Read();

        Assert.That(Travels(read).Where(file => file.StartsWith("File", StringComparison.Ordinal)), Is.Empty);
        Assert.That(
            read.Problems.Select(problem => (problem.Severity, problem.Code, problem.Message.Split(' ')[0])),
            Is.EqualTo([
                (Severity.Warning, AppCodes.EnvFileLeftOut, $"{_app.Folder}/deployment/.env"),
                (Severity.Warning, AppCodes.EnvFileLeftOut, $"{_app.Folder}/src/sub/.env"),
            ]));
    }

    [Test]
    public void A_file_that_another_program_has_locked_is_read()
    {
        using FileStream held = File.Open(_app.File("src/y.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.That(Travels(Read()), Is.EqualTo(["File tmp/app-source/y.lock"]));
    }

    [Test]
    public void A_hook_that_is_a_link_travels_as_the_file_it_names()
    {
        File.SetUnixFileMode(_app.File("scripts/real.sh", "#!/bin/sh\necho real\n"), UnixFileMode.UserRead);
        Directory.CreateDirectory(Path.Combine(_app.Folder, "deployment"));
        File.CreateSymbolicLink(Path.Combine(_app.Folder, "deployment/setup.sh"), "../scripts/real.sh");
        File.CreateSymbolicLink(Path.Combine(_app.Folder, "deployment/other.sh"), "setup.sh");

        AppFiles read = Read();

        Assert.That(Travels(read)[..2], Is.EqualTo(["Link tmp/app-deployment/other.sh", "File tmp/app-deployment/setup.sh"]));
        Assert.That(read.Files[1].Mode, Is.EqualTo(UnixFileMode.UserRead));
        Assert.That(read.Problems, Is.Empty);
    }

    [Test]
    public void A_hook_below_a_linked_folder_is_an_error()
    {
        _app.File("scripts/setup.sh");
        _app.File("deployment/x");
        Directory.CreateSymbolicLink(Path.Combine(_app.Folder, "deployment/linked"), "../scripts");

        var read = AppFiles.Of(_app.Load(
            Manifest + "hooks: {setup: deployment/linked/setup.sh, configure: deployment/x}\n").Manifest);

        Assert.That(read.Problems.Select(Short), Is.EqualTo([
            $"Error {AppCodes.HookBelowLink} The setup hook 'deployment/linked/setup.sh' would not be copied to the machines: a folder "
                + "in its path is a link.",
        ]));
    }

    [Test]
    [Platform("Linux")]
    public void What_may_not_be_read_is_an_error_for_each_file()
    {
        if (Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("root reads everything");
        }

        File.SetUnixFileMode(_app.File("src/a"), UnixFileMode.None);
        File.SetUnixFileMode(_app.File("src/b"), UnixFileMode.None);

        Assert.That(
            Read().Problems.Select(problem => problem.Code),
            Is.EqualTo([PhaseCodes.AppFileUnreadable, PhaseCodes.AppFileUnreadable]));
    }

    [Test]
    public void A_folder_that_has_gone_is_an_error()
    {
        var reader = new AppFileReader(null, new HashSet<string>());

        reader.AddContent(Path.Combine(_app.Folder, "gone"), "/tmp/app-source");

        Assert.That(
            reader.Problems.Select(problem => (problem.Severity, problem.Code)),
            Is.EqualTo([(Severity.Error, PhaseCodes.AppFileUnreadable)]));
    }

    private AppFiles Read() => AppFiles.Of(_app.Load(Manifest).Manifest);

    private static string[] Travels(AppFiles files) => [.. files.Files.Select(file => $"{file.Kind} {file.HostPath}")];

    private static string Short(Diagnostic problem) => $"{problem.Severity} {problem.Code} {problem.Message}";

    private void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = _app.Folder })!;
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
    }
}
