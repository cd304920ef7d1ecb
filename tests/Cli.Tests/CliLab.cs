using System.Text;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Cli.Tests;

/// <summary>
/// A user with a home, an app, tools and a machine's address of their own, in a folder that lives as long as a test. The tools are small
/// scripts that play Terraform, Ansible, ssh and the local grid, and the run finds them and little else on its PATH.
/// </summary>
internal sealed class CliLab : IDisposable
{
    public const string Manifest = """
        name: hello
        version: 1.2.3
        pattern: single-vm
        config: {cpu: 1, memory: 512, disk: 5120}
        network: {provision: [ipv4]}
        hooks: {setup: deployment/setup.sh, configure: deployment/configure.sh}

        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly string Scripts = Path.Combine(AppContext.BaseDirectory, "FakeTools");

    // What the fakes themselves call, and what runs a hook in a process group of its own.
    private static readonly string[] Basics =
    [
        "bash",
        "cat",
        "cp",
        "env",
        "head",
        "mkdir",
        "mktemp",
        "paste",
        "perl",
        "rm",
        "sed",
        "setsid",
        "sh",
        "sleep",
    ];

    private readonly LoopbackAddress _address = LoopbackAddress.Claim();
    private readonly List<IDisposable> _others = [];
    private SshBanner? _machine;

    public MachineAddresses Addresses { get; } = new();

    private static string? ProcessPath => System.Environment.GetEnvironmentVariable("PATH");

    public CliLab()
    {
        Address = Addresses.Add(_address);
        foreach (string folder in new[]
        {
            Home,
            Work,
            App,
            Tools,
            SystemTools,
            Fakes,
            Path.Combine(Home, ".ssh"),
            Path.Combine(App, "deployment"),
        })
        {
            Directory.CreateDirectory(folder);
        }

        foreach (string script in Directory.GetFiles(Scripts))
        {
            File.CreateSymbolicLink(Path.Combine(Tools, Path.GetFileName(script)), script);
        }

        Environment["HOME"] = Home;
        foreach (string program in Basics)
        {
            File.CreateSymbolicLink(Path.Combine(SystemTools, program), ExecutablePath.Find(program, ProcessPath)
                ?? throw new FileNotFoundException($"{program} is not on PATH"));
        }

        Environment["PATH"] = $"{Tools}:{SystemTools}";
        Environment["TFGRID_TEST_FAKES"] = Fakes;
        Environment["TFGRID_LOCALGRID"] = Path.Combine(Scripts, "local-grid");
        WriteKey();
        WriteApp();
        FakeAnswers.WriteTo(Fakes, Address);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("tfc-cli-").FullName;

    public string Home => Path.Combine(Root, "home");

    public string Work => Path.Combine(Root, "work");

    public string App => Path.Combine(Root, "hello");

    public string Tools => Path.Combine(Root, "bin");

    // No real Terraform, Ansible or SSH is reached by accident.
    private string SystemTools => Path.Combine(Root, "system");

    /// <summary>Where the tools write what they were called with, and read what is to go wrong.</summary>
    public string Fakes => Path.Combine(Root, "fakes");

    /// <summary>Of the machine that the tools pretend to make.</summary>
    public string Address { get; }

    public string CurrentFolder { get; set; } = "";

    /// <summary>The clock of the product; the real one moves by itself.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Reads this machine's routes.</summary>
    public Func<IReadOnlyList<string>> Routes { get; set; } = () => [];

    /// <summary>Ctrl-C.</summary>
    public CancellationToken Cancellation { get; set; }

    public Func<bool> ReaderIsGone { get; set; } = () => false;

    /// <summary>Called before each question, with what was shown so far.</summary>
    public Action<string> DiscardTyped { get; set; } = _ => { };

    /// <summary>Types the answers instead of a prepared text, if it is set.</summary>
    public TextReader? Typist { get; set; }

    public Dictionary<string, string> Environment { get; } = [];

    public TfgridHome State => new(Path.Combine(Home, ".tfgrid-compose"));

    public IReadOnlyList<string> Calls => File.Exists(CallLog) ? File.ReadAllLines(CallLog) : [];

    /// <summary>Of the only deployment.</summary>
    public DeploymentRecord Record => new DeploymentStore(State, TimeProvider.System).Load(
        Path.GetFileName(Directory.GetDirectories(State.Deployments).Single()))!;

    public DeploymentFolder Folder => State.Deployment(Record.Id);

    private string CallLog => Path.Combine(Fakes, "calls.log");

    /// <summary>A lab whose machine answers.</summary>
    public static CliLab WithMachine()
    {
        var lab = new CliLab();
        lab.StartMachine();
        return lab;
    }

    public void StartMachine() => _machine = SshBanner.On(_address.Text);

    public void StopMachine() => _machine?.Dispose();

    /// <summary>One more machine that answers, and its address.</summary>
    public string AddMachine()
    {
        var address = LoopbackAddress.Claim();
        _others.AddRange([address, SshBanner.On(address.Text)]);
        return Addresses.Add(address);
    }

    public Task<CliResult> RunAsync(params string[] args) => AnswerAsync("", interactive: false, args);

    /// <summary>Runs with a person at the terminal who types this.</summary>
    public async Task<CliResult> AnswerAsync(string typed, bool interactive, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var input = new StringReader(typed);
        var streams = new CliStreams(output, TextWriter.Synchronized(error), Typist ?? input, interactive);
        streams = streams with { ReaderIsGone = ReaderIsGone, DiscardTyped = () => DiscardTyped(error.ToString()) };
        var app = new CliApp(streams, Environment, CurrentFolder.Length > 0 ? CurrentFolder : Work, ToolInterrupt.None)
        {
            Self = new OwnProgram([Path.Combine(AppContext.BaseDirectory, "tfgrid-compose")]),
            Clock = Clock,
            Dial = new Dial(Addresses.Target),
            Ranges = new AddressRanges(Path.Combine(Root, "ranges"), Routes),
            GridPatience = GridPatience.None,
            WireguardFolder = Path.Combine(Root, "wireguard"),
        };
        int code = await app.RunAsync(args, Cancellation).WaitAsync(Limit);
        return new CliResult(code, output.ToString(), error.ToString());
    }

    public string Write(string path, string text)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    public void WriteManifest(string text) => Write("hello/tfgrid-compose.yaml", text);

    /// <summary>A user's plugin that is whole by all that its files show: under another name, with the assembly of a real one.</summary>
    public string InstallDisguised(string name)
    {
        string target = Path.Combine(State.Plugins, name);
        Directory.CreateDirectory(target);
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "plugins", "single-vm")))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        string descriptor = Path.Combine(target, "plugin.json");
        File.WriteAllText(
            descriptor,
            File.ReadAllText(descriptor).Replace("\"name\": \"single-vm\"", $"\"name\": \"{name}\"", StringComparison.Ordinal));
        return target;
    }

    /// <summary>Tells a tool to fail with this output: <c>terraform-apply</c>, <c>ansible</c>, <c>setup.sh</c>, <c>copy</c>.</summary>
    public void Fail(string what, string output = "") => Write($"fakes/{what}-fails", output);

    public void Mend(string what) => File.Delete(Path.Combine(Fakes, $"{what}-fails"));

    /// <summary>Lets the run find the program that this computer has.</summary>
    public void AddTool(string name) =>
        File.CreateSymbolicLink(Path.Combine(Tools, name), ExecutablePath.Find(name, ProcessPath)!);

    public void RemoveTool(string name) => File.Delete(Path.Combine(Tools, name));

    /// <summary>From here on Terraform is the machine's own; where there is none, the test does not run.</summary>
    public void UseRealTerraform()
    {
        var real = TerraformTool.Find(ProcessPath);
        if (real is null)
        {
            Assert.Ignore("neither tofu nor terraform is installed");
        }

        RemoveTool("terraform");
        File.CreateSymbolicLink(Path.Combine(Tools, "terraform"), real.Path);
    }

    /// <summary>No deployment, no index, no link, and no tool was called that makes one of them.</summary>
    public void AssertNothingCreated()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                Directory.Exists(State.Deployments) ? Directory.GetFileSystemEntries(State.Deployments) : [],
                Is.Empty,
                "deployments");
            Assert.That(File.Exists(State.Index), Is.False, "index.yaml");
            Assert.That(new FileInfo(Path.Combine(App, ".tfgrid-compose")).LinkTarget, Is.Null, "the app's link");
            Assert.That(
                Directory.Exists(Path.Combine(Root, "ranges")) ? Directory.GetFiles(Path.Combine(Root, "ranges")) : [],
                Is.Empty,
                "address ranges");
            Assert.That(
                Calls.Where(call => !call.StartsWith("local-grid query", StringComparison.Ordinal) && call != "local-grid requirements"),
                Is.Empty,
                "tools");
        });
    }

    /// <summary>Every readable file below the user's home and the app that holds this text.</summary>
    public IReadOnlyList<string> FilesThatHold(string text)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(text);
        return [.. new[] { State.Path, App, Path.Combine(Home, ".ssh") }
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(
                folder,
                "*",
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
            .Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(wanted) >= 0)];
    }

    public void Dispose()
    {
        _machine?.Dispose();
        _others.ForEach(each => each.Dispose());
        _address.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    private void WriteKey()
    {
        Write("home/.ssh/id_ed25519.pub", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0 someone@here\n");
        TestKey.Write(Path.Combine(Home, ".ssh", "id_ed25519"));
    }

    private void WriteApp()
    {
        WriteManifest(Manifest);
        Write("hello/deployment/setup.sh", "#!/bin/sh\n");
        Write("hello/deployment/configure.sh", "#!/bin/sh\n");
        Write("hello/src/app.py", "print('hello')\n");
    }
}
