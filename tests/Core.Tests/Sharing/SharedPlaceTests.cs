using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Sharing.Payloads;
using TfgridCompose.Core.Sharing.Sessions;

namespace TfgridCompose.Core.Tests.Sharing;

/// <summary>What lies at a place, and whose it is.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SharedPlaceTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly TwoMachines _both = new();

    public void Dispose() => _both.Dispose();

    [TestCase("staging", "hello")]
    [TestCase("hello", "wiki")]
    public async Task A_place_with_another_name_or_app_is_not_attached_to(string name, string app)
    {
        await _both.MakeAsync();

        DiagnosticException refused = await TwoMachines.RefusalAsync(
            () => _both.Server.OpenAsync(Target(_both.Server.AppFolder) with { Name = name, AppName = app }));

        Assert.That(refused.Diagnostics[0].Code, Is.EqualTo(SharedStateCodes.OtherDeployment));
        Assert.That(
            refused.Diagnostics[0].Message,
            Does.Contain("holds the deployment hello (abc123xyz)").And.Contain($"'{name}' of {app}"));
        Assert.That(_both.Server.Load(), Is.Null);
    }

    [Test]
    public async Task A_second_app_folder_of_one_home_is_refused_and_told_of_the_first()
    {
        DeploymentRecord made = await _both.MakeAsync();

        DiagnosticException refused = await TwoMachines.RefusalAsync(() => _both.Laptop.OpenAsync(Target(_both.Server.AppFolder)));

        Assert.That(refused.Diagnostics[0].Message, Does.Contain($"already belongs to another app folder here: {_both.Laptop.AppFolder}"));
        Assert.That(_both.Laptop.Load()!.AppPath, Is.EqualTo(made.AppPath));
    }

    [Test]
    public async Task An_app_folder_that_was_moved_is_no_second_one()
    {
        DeploymentRecord made = await _both.MakeAsync();
        _both.Laptop.Here.Store.Save(made with { AppPath = "/gone" });

        await using SharedSession session = await _both.Laptop.OpenAsync(Target(_both.Laptop.AppFolder));

        Assert.That(session.Existing!.AppPath, Is.EqualTo(_both.Laptop.AppFolder));
    }

    [Test]
    public async Task An_old_copy_learns_of_its_end_although_another_deployment_lies_there_now()
    {
        DeploymentRecord made = await _both.MakeAsync();
        DeploymentRecord there = (await _both.Server.OpenAsync(_both.Place, null)).Existing!;
        await EndAsync(made);
        DeploymentRecord next = await _both.MakeAsync("next00000");

        DiagnosticException up = await TwoMachines.RefusalAsync(() => _both.Server.OpenAsync(_both.Place, there));
        await using SharedSession down = await _both.Server.OpenAsync(SharedTarget.OfRecord(SharedPurpose.UseCopy, there));

        Assert.That(up.Diagnostics[0].Code, Is.EqualTo(SharedStateCodes.DestroyedElsewhere));
        Assert.That((down.Ended!.DeploymentId, down.Existing!.Id), Is.EqualTo((made.Id, made.Id)));
        await EndAsync(next);
        await using SharedSession later = await _both.Server.OpenAsync(SharedTarget.OfRecord(SharedPurpose.UseCopy, there));
        Assert.That(later.Ended, Is.Not.Null, "also when the next one has ended");
    }

    [Test]
    public void Twenty_ends_are_remembered()
    {
        var payload = new SharedPayload();
        foreach (int number in Enumerable.Range(1, 25))
        {
            payload = new SharedPayload { Former = payload.Ends(), Ended = new SharedEnd($"id{number}", default, "ann", null) };
        }

        Assert.That(payload.Ends().Select(end => end.DeploymentId), Is.EqualTo(Enumerable.Range(6, 20).Select(number => $"id{number}")));
    }

    [Test]
    public async Task A_copy_is_not_begun_while_somebody_clears_away_what_is_unfinished()
    {
        DeploymentRecord made = await _both.MakeAsync();
        Task<SharedSession> attach;
        using (FileStream gate = UnfinishedRecords.EnterGate(_both.Server.Home))
        {
            attach = Task.Run(() => _both.Server.OpenAsync(_both.Place, null));
            await WaitedForAsync(gate, attach);
            Assert.That(Directory.Exists(_both.Server.Home.Deployment(made.Id).Path), Is.False);
        }

        await using SharedSession session = await attach.WaitAsync(Limit);
        Assert.That(session.Attached);
    }

    // Until somebody waits for this lock: the kernel lists who holds a lock, and below it with an arrow who waits (man 5 proc).
    private static async Task WaitedForAsync(FileStream gate, Task waiter)
    {
        string[] held = File.ReadAllLines($"/proc/self/fdinfo/{gate.SafeFileHandle.DangerousGetHandle()}")
            .First(line => line.StartsWith("lock:", StringComparison.Ordinal))
            .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        string inode = held.Single(word => word.Count(letter => letter == ':') == 2);
        using var limit = new CancellationTokenSource(Limit);
        while (!File.ReadLines("/proc/locks").Any(line => line.Contains("->", StringComparison.Ordinal)
            && line.Contains($" {inode} ", StringComparison.Ordinal)))
        {
            Assert.That(waiter.IsCompleted, Is.False, "it did not wait");
            await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
        }
    }

    private SharedTarget Target(string appFolder) =>
        new() { Purpose = SharedPurpose.Deploy, AppFolder = appFolder, Name = "hello", AppName = "hello", Place = _both.Place };

    private async Task EndAsync(DeploymentRecord record)
    {
        await using SharedSession laptop = await _both.Laptop.OpenAsync(_both.Place, record);
        await laptop.HoldAsync(CancellationToken.None);
        await laptop.EndAsync(movedTo: null, CancellationToken.None);
    }
}
