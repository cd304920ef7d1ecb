using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Sharing.Sessions;
using TfgridCompose.Core.Tools.Ssh;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Deploying.Runs;

/// <summary>
/// One run of <c>up</c>: the validated request, and the record as it grows. Every change of the record is on the disk
/// at once.
/// </summary>
public sealed class UpRun
{
    private readonly Lock _gate = new();
    private readonly Lazy<StagedPattern> _stage;

    public UpRun(Surroundings here, ValidatedApp app, DeploymentRecord record, UpRequest request)
    {
        (Here, App, Record, Request, Folder) = (here, app, record, request, here.Home.Deployment(record.Id));
        _stage = new(() => StagedPattern.Of(this));
    }

    public Surroundings Here { get; }

    public ValidatedApp App { get; }

    public UpRequest Request { get; }

    public DeploymentRecord Record { get; private set; }

    /// <summary>The deployment's place in a shared backend, or null if its state is on this machine only.</summary>
    public SharedSession? Shared { get; init; }

    public DeploymentFolder Folder { get; }

    /// <summary>The pattern's files and variables for this run.</summary>
    public StagedPattern Stage => _stage.Value;

    public void Update(Func<DeploymentRecord, DeploymentRecord> change)
    {
        lock (_gate)
        {
            Record = Here.Store.Save(change(Record));
        }
    }

    /// <summary>Changes the record in memory. The next <see cref="Update"/> writes it to the disk.</summary>
    public void Remember(Func<DeploymentRecord, DeploymentRecord> change)
    {
        lock (_gate)
        {
            Record = change(Record);
        }
    }

    /// <summary>Lets other machines see how far this run has come.</summary>
    public Task PublishAsync(CancellationToken cancellation) =>
        Shared?.PublishAsync(cancellation) ?? Task.CompletedTask;

    /// <summary>The deployment as the pattern sees it, or null while no machine exists.</summary>
    public DeploymentFacts? Facts() => DeploymentConversion.ToFacts(Record.Hosts) is { Count: > 0 } hosts
        ? new DeploymentFacts
        {
            DeploymentId = Record.Id,
            AppName = Record.AppName,
            Hosts = hosts,
            Options = App.Options,
            Network = App.Manifest.Network,
            Ports = App.Manifest.Ports,
        }
        : null;

    /// <summary>
    /// The hosts that carry the app, in the order in which its hooks run; none while no machine exists.
    /// </summary>
    public IReadOnlyList<RecordedHost> AppHosts() => Facts() is { } facts
        ? [.. App.Pattern.AppTargets(facts).Select(name => Record.Hosts.First(host => host.Name == name))]
        : [];

    public DeploymentFacts RequireFacts() => Facts() ?? throw new InvalidOperationException("no machine exists yet");

    public SshClient Ssh(RecordedHost host) => new(
        Here.Runner,
        SshConnection.To(
            Record,
            Folder,
            host.Name,
            host.SshAddress ?? throw new InvalidOperationException($"'{host.Name}' has no SSH address yet")));

    /// <summary>Everything that the pattern computes its Terraform variables from.</summary>
    public VariablesRequest VariablesRequest() => new()
    {
        DeploymentId = Record.Id,
        Hosts = App.Hosts,
        IpRange = Record.IpRange,
        SshPublicKeys = [.. Record.SshPublicKeys.Concat(App.Manifest.SshKeys).Distinct()],
        Keys = new DeploymentKeys(Convert.FromHexString(Record.Seed)),
        GridNetwork = App.Grid.ProviderNetwork,
        Options = App.Options,
        Network = App.Manifest.Network,
        Ports = App.Manifest.Ports,
    };
}
