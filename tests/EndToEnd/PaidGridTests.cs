using System.Text.Json;
using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>
/// A deployment on <c>--grid main</c>, whose provider and GridProxy are the local grid's: what costs money there is made once, and ends.
/// </summary>
[Parallelizable(ParallelScope.Self)]
public sealed class PaidGridTests
{
    // Into which no test injects a fault.
    private const int Node = 2;

    private Lab _lab = null!;
    private LocalGridProxy _grid = null!;
    private SampleApp _app = null!;

    [OneTimeSetUp]
    public async Task Prepare()
    {
        _lab = await Lab.CreateAsync();
        _grid = await LocalGridProxy.OfAsync(_lab);
        _app = _lab.App("paid");
        _app.Node = Node;
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

        // The memory of a machine cannot be changed, so the machine is replaced. The network stays.
        _app.Memory = 768;
        _app.WriteManifest();
        (await _lab.RunAsync("up", _app.Folder, "--yes")).MustEndWith(2);
        await UpAsync("--allow-data-loss");
        await LiveAsync(id, created: 3);

        // Somebody cancelled its contract.
        await CancelAsync(await MachineAsync(id));
        await UpAsync();
        await LiveAsync(id, created: 4);

        // It does not answer any more. Its contract is live, so it is waited for, and then made anew with the user's word.
        (await _lab.RunToolAsync(Product.LocalGrid, "machine", "stop", (await MachineAsync(id)).Machine)).MustEndWith(0);
        (await _lab.RunAsync("up", _app.Folder, "--yes", "--wait-limit", "2")).MustEndWith(6);
        await LiveAsync(id, created: 4);
        await UpAsync("--allow-data-loss");
        await LiveAsync(id, created: 5);

        (await _lab.RunAsync("down", _app.Folder, "--yes")).MustEndWith(0);
        Assert.That((await ContractsAsync(id)).Count(contract => contract.IsLive), Is.Zero);
    }

    private async Task UpAsync(params string[] more)
    {
        (await _lab.RunAsync(["up", _app.Folder, "--grid", "main", "--yes", .. more])).MustEndWith(0);
        Assert.That(await Web.PageAsync(Deployment.Of(_app).PrimaryIp), Is.EqualTo(_app.Page));
    }

    private async Task<GridMachine> MachineAsync(string id) => (await GridMachine.OfAsync(_lab, id)).Single();

    private async Task CancelAsync(GridMachine machine) =>
        (await _lab.RunToolAsync(Product.LocalGrid, "cancel", "--contracts", $"{machine.Contract}")).MustEndWith(0);

    // The machine's and the network's contract; "created" counts those that have ended, too.
    private async Task LiveAsync(string id, int created)
    {
        IReadOnlyList<(long Id, bool IsLive)> contracts = await ContractsAsync(id);
        Assert.That((contracts.Count(contract => contract.IsLive), contracts.Count), Is.EqualTo((2, created)), string.Join(' ', contracts));
    }

    private async Task<IReadOnlyList<(long Id, bool IsLive)>> ContractsAsync(string id)
    {
        string answer = (await _lab.RunToolAsync(Product.LocalGrid, "query", "/contracts?size=1000")).MustEndWith(0).Output;
        using var document = JsonDocument.Parse(answer);
        return
        [
            .. document.RootElement.GetProperty("body").EnumerateArray()
                .Where(contract => contract.GetRawText().Contains(id, StringComparison.Ordinal))
                .Select(contract => (
                    contract.GetProperty("contract_id").GetInt64(), contract.GetProperty("state").GetString() == "Created")),
        ];
    }
}
