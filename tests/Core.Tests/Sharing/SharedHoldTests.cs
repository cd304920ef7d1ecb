using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Sharing.Payloads;
using TfgridCompose.Core.Sharing.Sessions;

namespace TfgridCompose.Core.Tests.Sharing;

/// <summary>What a hold leaves behind when its verb ends early, or a write's answer does not arrive.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SharedHoldTests : IDisposable
{
    private readonly TwoMachines _both = new();

    public void Dispose() => _both.Dispose();

    [Test]
    public async Task What_was_begun_and_declined_leaves_the_place_free()
    {
        await using (SharedSession session = await _both.Laptop.OpenAsync(_both.Place, null))
        {
            await session.HoldAsync(CancellationToken.None);
            DeploymentRecord begun = await session.BeginAsync(_both.Laptop.Create(), CancellationToken.None);
            await session.WithdrawAsync();
            Directory.Delete(_both.Laptop.Home.Deployment(begun.Id).Path, recursive: true);
        }

        await using SharedSession server = await _both.Server.OpenAsync(_both.Place, null);
        await server.HoldAsync(CancellationToken.None);

        Assert.That(server.Existing, Is.Null);
        Assert.That(_both.Server.Said, Is.Empty);
    }

    [Test]
    public async Task A_folder_that_is_gone_at_the_end_is_told_and_hides_nothing()
    {
        DeploymentRecord made = await _both.MakeAsync();
        SharedSession session = await _both.Laptop.OpenAsync(_both.Place, made);
        await session.HoldAsync(CancellationToken.None);
        Directory.Delete(_both.Laptop.Home.Deployment(made.Id).Path, recursive: true);

        await session.DisposeAsync();

        Assert.That(_both.Laptop.Said, Has.Some.Contains("the shared record of hello could not be written"));
    }

    [Test]
    public async Task A_write_that_was_given_up_on_and_arrived_is_followed()
    {
        DeploymentRecord made = await _both.MakeAsync();
        await using SharedSession session = await _both.Laptop.OpenAsync(_both.Place, made);
        await session.HoldAsync(CancellationToken.None);
        await ArriveAsync(made);
        _both.Laptop.Here.Store.Save(made with { AppVersion = "3" });

        await session.PublishAsync(CancellationToken.None);

        Assert.That((await _both.Record(made).PullAsync(CancellationToken.None)).Payload!.Record!.AppVersion, Is.EqualTo("3"));
    }

    [Test]
    public async Task The_next_run_keeps_what_is_newer_here_than_in_such_a_write()
    {
        DeploymentRecord made = await _both.MakeAsync();
        SharedSession killed = await _both.Laptop.OpenAsync(_both.Place, made);
        await killed.HoldAsync(CancellationToken.None);
        await ArriveAsync(made);
        _both.Laptop.Here.Store.Save(made with { AppVersion = "3" });

        await using SharedSession next = await _both.Laptop.OpenAsync(_both.Place, _both.Laptop.Load(), processId: 2);

        Assert.That((next.Existing!.AppVersion, _both.Laptop.Load()!.AppVersion), Is.EqualTo(("3", "3")));
    }

    private async Task ArriveAsync(DeploymentRecord made)
    {
        RecordState state = _both.Record(made);
        RecordEnvelope now = await state.PullAsync(CancellationToken.None);
        Assert.That(
            await state.TryPushAsync(now, now.Payload! with { Record = made with { AppVersion = "2" } }, CancellationToken.None),
            Is.Not.Null);
    }
}
