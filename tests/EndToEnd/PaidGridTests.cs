using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>
/// A deployment on <c>--grid main</c>, whose provider and GridProxy are the local grid's: what costs money there is made once, and ends.
/// </summary>
[Parallelizable(ParallelScope.Self)]
public sealed class PaidGridTests
{
    private Lab _lab = null!;
    private LocalGridProxy _grid = null!;
    private SampleApp _app = null!;

    [OneTimeSetUp]
    public async Task Prepare()
    {
        _lab = await Lab.CreateAsync();
        _grid = await LocalGridProxy.OfAsync(_lab);
        _app = _lab.App("paid");
        _app.Node = 3;
        _app.WriteManifest();
    }

    [OneTimeTearDown]
    public async Task TakeDown()
    {
        await _lab.DisposeAsync();
        _grid.Dispose();
    }

    [Test]
    public async Task Through_changes_and_failures_nothing_is_paid_twice_and_in_the_end_nothing_is_left()
    {
        await UpAsync();
        string id = Deployment.Of(_app).Id;
        await LiveAsync(id, created: 2);

        // A machine's memory cannot be changed: it is made anew, and the network stays.
        _app.Memory = 768;
        _app.WriteManifest();
        Assert.That((await _lab.RunAsync("up", _app.Folder, "--yes")).MustEndWith(2).Errors, Does.Contain("TFC0107"));
        await UpAsync("--allow-data-loss");
        await LiveAsync(id, created: 3);

        (await _lab.RunAsync("down", _app.Folder, "--yes")).MustEndWith(0);
        Assert.That((await ContractsAsync(id)).Where(contract => contract.IsLive), Is.Empty);
    }

    private async Task UpAsync(params string[] more)
    {
        (await _lab.RunAsync(["up", _app.Folder, "--grid", "main", "--yes", .. more])).MustEndWith(0);
        Assert.That(await Web.PageAsync(Deployment.Of(_app).PrimaryIp), Is.EqualTo(_app.Page));
    }

    // The machine's and the network's contract; "created" counts those that have ended, too.
    private async Task LiveAsync(string id, int created)
    {
        IReadOnlyList<PaidContract> contracts = await ContractsAsync(id);
        Assert.That((contracts.Count(contract => contract.IsLive), contracts.Count), Is.EqualTo((2, created)));
    }
}
