using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Sharing.Sessions;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Sharing.States;

/// <summary>
/// <c>state push</c> and <c>state restore</c>: another Terraform state in the place of the present one, under the
/// deployment's locks.
/// </summary>
public sealed class StateReplacement(Surroundings here, LockTerms terms)
{
    public Task PushAsync(DeploymentRecord found, string file, CancellationToken cancellation)
    {
        if (!File.Exists(file))
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                SharedStateCodes.NotAState,
                $"There is no file {file}.",
                "give a file that `state pull` wrote");
        }

        string text = PlainFile.ReadText(file);
        return ReplaceAsync(found, StateOfDeployment.Parse(text, file), text, isOwn: false, cancellation);
    }

    public Task RestoreAsync(DeploymentRecord found, int number, CancellationToken cancellation)
    {
        StateBackup backup = new StateBackups(here.Home.Deployment(found.Id), here.Clock).Require(number);
        string text = PlainFile.ReadText(backup.Path);
        return ReplaceAsync(found, StateOfDeployment.Parse(text, backup.Path), text, isOwn: true, cancellation);
    }

    private async Task ReplaceAsync(
        DeploymentRecord found, StateText state, string text, bool isOwn, CancellationToken cancellation)
    {
        using DeploymentGate gate = await DeploymentGate.OfAsync(here.Home, found, terms, cancellation);
        var target = SharedTarget.OfRecord(SharedPurpose.UseCopy, found);
        await using SharedSession shared = await SharedSession.OpenAsync(here, terms, target, cancellation);
        if (shared.Ended is { } ended)
        {
            throw SharedProblems.Ended(found, ended);
        }

        await shared.HoldAsync(cancellation);
        var states = new StateOfDeployment(here, shared.Existing ?? found);
        string current = await states.ReadAsync(cancellation);
        if (!isOwn)
        {
            StateOwner.Require(found, StateText.OfPull(current), state);
        }

        await states.ReplaceAsync(current, state, text, cancellation);
        await shared.PublishAsync(cancellation);
    }
}
