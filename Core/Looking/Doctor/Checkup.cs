using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Sharing.Payloads;
using TfgridCompose.Core.Sharing.Places;
using TfgridCompose.Core.Sharing.Sessions;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Ssh;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.States;
using TfgridCompose.Core.Trust;

namespace TfgridCompose.Core.Looking.Doctor;

/// <summary>
/// <c>doctor</c>: looks at this machine and says what is missing, before a deployment needs it. Changes nothing.
/// </summary>
public sealed class Checkup(Surroundings here)
{
    private static readonly TimeSpan ToolLimit = TimeSpan.FromSeconds(15);

    /// <param name="appFolder">The app whose manifest names a state backend; null if there is none here.</param>
    /// <param name="cancellation">Ends the checkup between two checks.</param>
    public async Task<IReadOnlyList<DoctorCheck>> RunAsync(string? appFolder, CancellationToken cancellation)
    {
        var terraform = TerraformTool.Find(here.Path);
        return
        [
            await TerraformAsync(terraform, cancellation),
            Encryption(terraform),
            Program("ansible", "ansible-playbook", "ansible-core"),
            Program("ssh", "ssh", "openssh-client"),
            await SshKeyAsync(cancellation),
            Program("wireguard", "wg-quick", "wireguard-tools"),
            .. await LocalGridAsync(cancellation),
            .. await BackendAsync(appFolder, cancellation),
        ];
    }

    private async Task<DoctorCheck> TerraformAsync(TerraformTool? tool, CancellationToken cancellation)
    {
        if (tool is null)
        {
            return new(
                "terraform",
                DoctorStatus.Failed,
                "neither tofu nor terraform is installed",
                "install OpenTofu: https://opentofu.org/docs/intro/install/");
        }

        ToolResult result = await here.Runner.RunAsync(
            tool.Command(["version"], TerraformEnvironment.ForState(null)) with { TimeLimit = ToolLimit }, cancellation);
        return result.Succeeded
            ? DoctorCheck.Passed("terraform", $"{result.Output.Split('\n')[0]} at {tool.Path}")
            : new(
                "terraform",
                DoctorStatus.Failed,
                $"{tool.Path} version {result.Ending}: {result.Tail(2)}",
                "install it again");
    }

    private bool HasPassphrase => here.Environment.GetValueOrDefault(RecordState.PassphraseVariable) is { Length: > 0 };

    // Terraform has no state encryption, and users must know that.
    private DoctorCheck Encryption(TerraformTool? tool) => tool switch
    {
        { IsOpenTofu: true } when HasPassphrase => DoctorCheck.Passed(
            "state encryption", "OpenTofu encrypts states, and shared records with $TFGRID_STATE_PASSPHRASE"),
        { IsOpenTofu: true } => new(
            "state encryption",
            DoctorStatus.Note,
            "OpenTofu encrypts Terraform's states; shared records, which hold the key to them, "
                + "are in clear text in their backend",
            "set TFGRID_STATE_PASSPHRASE (16 characters or more) on all machines that share a backend"),
        _ => new(
            "state encryption",
            DoctorStatus.Note,
            "Terraform does not encrypt states: they contain the deployment's keys in clear text, with mode 0600 here, "
                + "and anyone who can read a shared backend can read them",
            "use OpenTofu, or a backend that encrypts at rest and lets in only your team"),
    };

    private DoctorCheck Program(string name, string program, string package) =>
        ExecutablePath.Find(program, here.Path) is { } path
            ? DoctorCheck.Passed(name, path)
            : new(
                name,
                DoctorStatus.Failed,
                $"{program} is not installed",
                OperatingSystem.IsMacOS() ? $"brew install {package}" : $"sudo apt-get install {package}");

    private async Task<DoctorCheck> SshKeyAsync(CancellationToken cancellation)
    {
        try
        {
            var search = SshKeySearch.Of(here.Runner, here.UserHome);
            SshKeys keys = await search.FindAsync(null, cancellation);
            return DoctorCheck.Passed("ssh key", $"{keys.PrivateKey}{(keys.IsOfAgent ? ", held by an agent" : "")}");
        }
        catch (DiagnosticException problem)
        {
            return Failed("ssh key", problem.Diagnostics[0]);
        }
    }

    private async Task<IReadOnlyList<DoctorCheck>> LocalGridAsync(CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [new("local grid", DoctorStatus.Note, "needs Linux", "use --grid main, test, qa or dev")];
        }

        try
        {
            IReadOnlyList<Diagnostic> lacking =
                await new LocalGridProgram(here.LocalGridPath, here.Runner).RequirementsAsync(cancellation);
            return lacking.Count == 0
                ? [DoctorCheck.Passed("local grid", "has everything it needs")]
                : [.. lacking.Select(problem => Failed("local grid", problem))];
        }
        catch (DiagnosticException problem)
        {
            return [Failed("local grid", problem.Diagnostics[0])];
        }
    }

    private async Task<IReadOnlyList<DoctorCheck>> BackendAsync(string? appFolder, CancellationToken cancellation)
    {
        string scratch = Directory.CreateTempSubdirectory("tfgrid-doctor-").FullName;
        try
        {
            Manifest? manifest = appFolder is null ? null : ManifestFile.Load(appFolder).Manifest;
            if (manifest is not null && new AppTrust(here).Open(AppCode.StateOf(manifest)) is not null)
            {
                return [new(
                    "shared state",
                    DoctorStatus.Note,
                    "not checked: you have not agreed to the state backend that the manifest names",
                    $"`tfgrid-compose plan {appFolder}` shows it and asks")];
            }

            if (PlaceOf(manifest) is not { } place)
            {
                return [DoctorCheck.Passed("shared state", "no backend is named, so state is kept on this machine")];
            }

            BackendFile.Write(scratch, place.Kind, place.Record);
            RecordEnvelope found =
                await RecordState.In(here, scratch, place.Location, ToolLimit).PullAsync(cancellation);
            string holds = found.Payload?.Record is { } record ? $" and holds {record.Name} ({record.Id})" : "";
            return [DoctorCheck.Passed("shared state", $"{place.Location} answers{holds}")];
        }
        catch (DiagnosticException problem)
        {
            return [Failed("shared state", problem.Diagnostics[0])];
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private BackendPlace? PlaceOf(Manifest? manifest)
    {
        if (manifest is not null)
        {
            return SharedTarget.PlaceOf(here, manifest, manifest.Name);
        }

        return UserConfig.Load(here.Home.Path).State is { } backend
            ? BackendDerivation.Of(backend, new DeploymentKey("doctor", "doctor"), here.Environment.GetValueOrDefault)
            : null;
    }

    private static DoctorCheck Failed(string name, Diagnostic problem) =>
        new(name, DoctorStatus.Failed, problem.Message, problem.Remedy);
}
