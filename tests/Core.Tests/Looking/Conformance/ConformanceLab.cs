using NLog;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Looking.Conformance;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tests.Plugins.Loading;

namespace TfgridCompose.Core.Tests.Looking.Conformance;

/// <summary>A copy of the test pattern with one planted defect, and a run of the checks on it.</summary>
internal sealed class ConformanceLab : IDisposable
{
    /// <summary>What needs neither Terraform nor Ansible nor machines.</summary>
    public static readonly string[] ByTools = ["terraform", "playbook", "inventory", "apply"];

    private static readonly string ProcessPath = System.Environment.GetEnvironmentVariable("PATH") ?? "";
    private readonly string _root = Directory.CreateTempSubdirectory("tfc-lab-").FullName;
    private string _self = Product;

    public ConformanceLab(string defect)
    {
        Pattern = Path.Combine(_root, "defective");
        Directory.CreateDirectory(Pattern);
        foreach (string file in Directory.GetFiles(PluginFolders.StagedFolder("defective")))
        {
            File.Copy(file, Path.Combine(Pattern, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(Pattern, "defect"), defect);
    }

    public static string Product { get; } = System.Environment.GetEnvironmentVariable("TFGRID_COMPOSE_PRODUCT") is { Length: > 0 } given
        ? given
        : Path.Combine(Builds.Repository, "artifacts", "tfgrid-compose", "tfgrid-compose");

    /// <summary>The plugin's folder.</summary>
    public string Pattern { get; }

    public Recorder Events { get; } = new();

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal) { ["PATH"] = ProcessPath, ["HOME"] = "/nowhere" };

    public string LocalGrid { get; set; } = Path.Combine(Path.GetDirectoryName(Product) ?? "/", "localgrid", "tfgrid-localgrid");

    /// <summary>A tfgrid-compose whose <c>down</c> says that it did, and did not.</summary>
    public void LeaveAllAtDown()
    {
        _self = Path.Combine(_root, "tfgrid-compose");
        File.WriteAllText(_self, $"#!/bin/sh\n[ \"$1\" != down ] || exit 0\nexec '{Product}' \"$@\"\n");
        File.SetUnixFileMode(_self, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>A local grid's program that does this alone.</summary>
    public void PlayLocalGrid(string script)
    {
        LocalGrid = Path.Combine(_root, "local-grid");
        File.WriteAllText(LocalGrid, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(LocalGrid, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public static void RequireProduct()
    {
        if (!File.Exists(Product))
        {
            Assert.Ignore($"the product is not published at {Product}; ./test.sh does that first");
        }
    }

    /// <summary>Writes the descriptor again, as the build of a pattern with this defect would.</summary>
    public ConformanceLab Described()
    {
        (int exitCode, string output) = Builds.Dotnet(
            Builds.DescriptorWriter, "--assembly", PluginFolders.AssemblyOf(
                Pattern), "--project", "/x/Defective.csproj", "--id", "defective", "--version", "1.0.0",
            "--output", Path.Combine(Pattern, PluginDescriptor.FileName), "--unchecked", "");
        Assert.That(exitCode, Is.Zero, output);
        return this;
    }

    public string Sample(string name, string manifest)
    {
        string folder = Path.Combine(_root, "apps", name);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "tfgrid-compose.yaml"), manifest);
        return folder;
    }

    public Task<ConformanceReport> RunAsync(params string[] skip) =>
        RunAsync(new ConformanceRequest { Pattern = PluginCatalog.Open(Pattern), Skip = skip }, CancellationToken.None);

    public Task<ConformanceReport> RunAsync(ConformanceRequest request, CancellationToken cancellation) =>
        new ConformanceRun(Surroundings(), Events.Results.Add).RunAsync(request, cancellation);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private Surroundings Surroundings() => new()
    {
        Runner = new ToolRunner(LogManager.CreateNullLogger(), new SecretMask(), ToolInterrupt.None, ProcessEnvironment.Read()),
        Events = Events,
        Mask = new SecretMask(),
        Store = new DeploymentStore(new TfgridHome(Path.Combine(_root, "home")), TimeProvider.System),
        Environment = Environment,
        CurrentFolder = _root,
        LocalGridPath = LocalGrid,
        PluginRoots = [],
        Self = new OwnProgram([_self]),
    };

    internal sealed class Recorder : IEventSink
    {
        public List<CheckResult> Results { get; } = [];

        public List<DeploymentEvent> All { get; } = [];

        public Action<DeploymentEvent> On { get; set; } = _ => { };

        public void Emit(DeploymentEvent deploymentEvent)
        {
            lock (All)
            {
                All.Add(deploymentEvent);
            }

            On(deploymentEvent);
        }
    }
}
