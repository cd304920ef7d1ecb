using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Deploying.Validation;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Options;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Manifests.Values;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Plugins.Packages;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Tools.Apps;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Ssh;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.States;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Deploying.Phases;

/// <summary>Finds everything that can be known before money is spent, and reports all of it at once. Each step adds what it
/// finds; a step that needs the result of a failed one is skipped.</summary>
public sealed class ValidatePhase(Surroundings here)
{
    private readonly List<Diagnostic> _problems = [];
    private ExitCode _exitCode = ExitCode.Done;

    public async Task<ValidatedApp> RunAsync(
        AppRequest request, GridName grid, DeploymentRecord? existing, CancellationToken cancellation)
    {
        // Started first, because it runs a program and does not need the pattern.
        Task<IReadOnlyList<Diagnostic>> requirements = RequirementsAsync(grid, existing, cancellation);
        ChosenPattern? chosen = Choose(request);
        Topology? topology = chosen is null ? null : TopologyOf(request.Manifest, chosen);
        ResolvedEnvironment environment = ResolveEnvironment(request.Asked, request.Manifest);
        var terraform = TerraformTool.Find(here.Path);
        Add(ExitCode.Pattern, chosen?.Entry.Warnings ?? []);
        Add(ExitCode.Usage, environment.Problems);
        Add(ExitCode.Usage, existing is null ? NameProblems(request.Name) : []);
        Add(ExitCode.Prerequisite, Prerequisites.Missing(here, grid, topology?.Hosts ?? [], terraform));
        SshKeys? keys = await CollectAsync(() => KeysOfAsync(request.Asked, existing, cancellation));
        SecretText? mnemonic = MnemonicFor(grid);
        AppFiles files = request.Files.Value;
        Add(ExitCode.Usage, files.Problems);
        IReadOnlyList<AssignedHost> hosts = await AssignAsync(request, grid, topology, existing, requirements, cancellation);
        ThrowIfAnyError();
        if (chosen is null || keys is null || terraform is null)
        {
            throw new InvalidOperationException("a validation step failed without a diagnostic");
        }

        return new ValidatedApp
        {
            Manifest = request.Manifest,
            Pattern = chosen.Pattern,
            Declaration = chosen.Declaration,
            PatternName = chosen.Entry.Name,
            PatternVersion = chosen.Entry.Descriptor?.Version ?? "",
            Options = chosen.Bound.Options,
            OptionOrigins = chosen.Bound.Origins,
            Hosts = hosts,
            Environment = environment.Values,
            Files = files,
            Playbook = request.Playbook,
            SshKeys = keys,
            Grid = grid,
            Terraform = terraform,
            ProviderVersions = request.Config.ProviderVersions,
            Mnemonic = mnemonic,
        };
    }

    // An existing deployment keeps the name that it has.
    private static IReadOnlyList<Diagnostic> NameProblems(string name) => IdentityReader.IsName(name)
        ? []
        : [Diagnostic.Error(
            ManifestCodes.NameInvalid, $"The name '{PlainText.Of(name)}' cannot be used on the grid.", IdentityReader.NameRule)];

    // Once machines exist, their grid is asked only where something about them changes: see InfrastructureStage.
    private Task<IReadOnlyList<Diagnostic>> RequirementsAsync(
        GridName grid, DeploymentRecord? existing, CancellationToken cancellation)
    {
        var local = new LocalGridProgram(here.LocalGridPath, here.Runner);
        return grid.IsLocal && existing?.Outputs is null
            ? Task.Run(() => local.RequirementsAsync(cancellation), cancellation)
            : Task.FromResult<IReadOnlyList<Diagnostic>>([]);
    }

    private ChosenPattern? Choose(AppRequest request)
    {
        PatternCatalogEntry? entry = Collect(() => EntryOf(request), request.Manifest.Pattern.Location);
        IPattern? pattern = entry is null ? null : Collect(() => PatternHost.Load(entry));
        PatternDeclaration? declaration = entry?.Descriptor is null ? null : Collect(() => entry.Declaration);
        BoundOptions? bound = declaration is null ? null : BindOptions(request.Manifest, declaration);
        return entry is null || pattern is null || declaration is null || bound is null
            ? null
            : new ChosenPattern(entry, pattern, declaration, bound);
    }

    private PatternCatalogEntry EntryOf(AppRequest request)
    {
        PatternReference reference = request.Manifest.Pattern;
        if (request.AgreedPattern(here) is not { } entry || reference.Folder is not { } folder)
        {
            return PatternPin.Require(request.Plugins, reference, here.Home);
        }

        return entry.Problem?.Code != PatternCodes.NoDescriptor ? entry : throw new DiagnosticException(
            ExitCode.Pattern,
            FolderPatternCodes.FolderMissing,
            $"The manifest's pattern {reference.Name} is the folder {folder}, "
                + $"which {(Directory.Exists(folder) ? $"has no {PatternYaml.FileName}" : "does not exist")}.",
            "correct the path; it is relative to the app's folder");
    }

    private SecretText? MnemonicFor(GridName grid)
    {
        if (grid.IsLocal)
        {
            return null;
        }

        (SecretText? mnemonic, Diagnostic? missing) =
            Mnemonic.Find(here.Environment, here.UserHome, here.CurrentFolder);
        Add(ExitCode.Prerequisite, missing is null ? [] : [missing]);
        return mnemonic;
    }

    // A deployment keeps the keys that it was made with: another key in ~/.ssh must not rebuild its machines. Until
    // there are machines, the key must still be one that works.
    private async Task<SshKeys> KeysOfAsync(
        UpRequest request, DeploymentRecord? existing, CancellationToken cancellation)
    {
        var search = SshKeySearch.Of(here.Runner, here.UserHome);
        if (request.SshKey is not null
            || existing is not { SshPublicKeys.Count: > 0 }
            || (existing.SshKey is not null && !File.Exists(existing.SshKey)))
        {
            return await search.FindAsync(request.SshKey, cancellation);
        }

        var kept = new SshKeys(existing.SshPublicKeys, existing.SshKey);
        return existing.Outputs is null ? await search.CheckAsync(kept, cancellation) : kept;
    }

    private BoundOptions BindOptions(Manifest manifest, PatternDeclaration declaration)
    {
        Add(ExitCode.Usage, UnknownKeys.Of(manifest, declaration));
        BoundOptions bound = OptionBinder.Bind(manifest.Tree, declaration);
        Add(ExitCode.Usage, bound.Problems);
        foreach (BoundOption option in bound.Origins.Where(option => option.Path is not null))
        {
            here.Events.Emit(new Note(option.ToString()));
        }

        return bound;
    }

    private Topology? TopologyOf(Manifest manifest, ChosenPattern chosen)
    {
        if (_problems.Any(problem => problem.Severity == Severity.Error))
        {
            return null;
        }

        Topology? topology = Collect(() => chosen.Pattern.Topology(new TopologyRequest
        {
            AppName = manifest.Name,
            Options = chosen.Bound.Options,
            Network = manifest.Network,
            Ports = manifest.Ports,
        }));
        Add(ExitCode.Usage, topology?.Problems.Select(problem => Diagnostic.Error(
            PhaseCodes.TopologyImpossible,
            problem.Message,
            problem.Remedy,
            chosen.Bound.LocationOf(problem.Option) ?? new SourceLocation(manifest.File, 1, 1))) ?? []);
        Add(ExitCode.Usage, HostLimits.ProblemsOf(topology?.Hosts ?? [], new SourceLocation(manifest.File, 1, 1)));
        return topology;
    }

    private ResolvedEnvironment ResolveEnvironment(UpRequest request, Manifest manifest) =>
        EnvironmentResolver.Resolve(new EnvironmentRequest
        {
            Declared = manifest.Environment,
            AppFolder = manifest.AppFolder,
            Assignments = request.Environment,
            EnvFiles = request.EnvironmentFiles,
            ManifestEnvFile = manifest.EnvFile,
            IsForPlaybook = manifest.Deployment.Playbook is not null,
            ProcessEnvironment = here.Environment,
        });

    private async Task<IReadOnlyList<AssignedHost>> AssignAsync(
        AppRequest request,
        GridName grid,
        Topology? topology,
        DeploymentRecord? existing,
        Task<IReadOnlyList<Diagnostic>> requirements,
        CancellationToken cancellation)
    {
        var local = new LocalGridProgram(here.LocalGridPath, here.Runner);
        IReadOnlyList<Diagnostic> lacking = await requirements;
        Add(ExitCode.Prerequisite, lacking);
        topology = lacking.Count > 0 ? null : topology;

        if (topology is null || topology.Problems.Count > 0)
        {
            return [];
        }

        var assignment = new NodeAssignment(grid, grid.IsLocal ? new GridClient(local) : null) { Left = request.Asked.LeftNodes };
        (IReadOnlyList<AssignedHost> hosts, IReadOnlyList<Diagnostic> problems) =
            await assignment.AssignAsync(topology.Hosts, Settled(existing), cancellation);
        Add(ExitCode.Usage, problems);
        return hosts;
    }

    // A node that refused the first machine is not kept: another may have room.
    private IReadOnlyList<RecordedHost> Settled(DeploymentRecord? existing)
    {
        if (existing?.Outputs is not null)
        {
            return existing.Hosts;
        }

        if (existing is null)
        {
            return [];
        }

        DeploymentFolder folder = here.Home.Deployment(existing.Id);
        JournalEntry? last =
            new Journal(folder.Journal).Read().LastOrDefault(entry => entry.Phase == PhaseId.Infrastructure);
        bool refused = last?.Result == JournalResult.Failed && !TerraformState.HasMachines(folder);
        return refused ? [] : existing.Hosts;
    }

    private async Task<T?> CollectAsync<T>(Func<Task<T>> step)
        where T : class
    {
        try
        {
            return await step();
        }
        catch (DiagnosticException problem)
        {
            Add(problem.ExitCode, problem.Diagnostics);
            return null;
        }
    }

    private T? Collect<T>(Func<T> step, SourceLocation? at = null)
        where T : class
    {
        try
        {
            return step();
        }
        catch (DiagnosticException problem)
        {
            Add(problem.ExitCode, problem.Diagnostics.Select(each => each with { Location = each.Location ?? at }));
            return null;
        }
    }

    // The first kind of error decides the exit code: the manifest's before the machine's.
    private void Add(ExitCode exitCode, IEnumerable<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (diagnostic.Severity == Severity.Warning)
            {
                here.Events.Emit(new DiagnosticRaised(diagnostic));
                continue;
            }

            _exitCode = _exitCode == ExitCode.Done ? exitCode : _exitCode;
            if (!_problems.Contains(diagnostic))
            {
                _problems.Add(diagnostic);
            }
        }
    }

    private void ThrowIfAnyError()
    {
        if (_problems.Count > 0)
        {
            throw new DiagnosticException(_exitCode, _problems);
        }
    }
}
