using System.Net;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Core.Tests.Tools.Grid;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HttpGridTransportTests : IDisposable
{
    private readonly LoopbackGridProxy _first = new();
    private readonly LoopbackGridProxy _second = new();
    private readonly HttpClient _http = new();
    private readonly JumpingClock _clock = new();

    public void Dispose()
    {
        _http.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    [Test]
    public async Task Contracts_are_read_page_by_page_and_only_the_twins_live_ones()
    {
        for (int id = 1; id <= 1203; id++)
        {
            _first.Node(id, "tfc/abc");
        }

        _first.Node(2001, "tfc/abc", state: "GracePeriod").Node(2002, "tfc/abc", state: "Deleted").Node(2003, "tfc/abc", twin: 7);

        IReadOnlyList<GridContract> contracts = await Client().LiveContractsAsync(26, CancellationToken.None);

        Assert.That(contracts.Select(contract => contract.Id), Is.EqualTo(Enumerable.Range(1, 1203).Select(id => (long)id).Append(2001)));
        Assert.That(_first.Queries, Is.EqualTo(Enumerable.Range(1, 3).Select(page =>
            $"/contracts?twin_id=26&state=Created,GracePeriod&sort_by=contract_id&size=500&page={page}&ret_count=true")));
    }

    [Test]
    public async Task A_contract_that_ends_between_two_pages_hides_no_other()
    {
        for (int id = 1; id <= 700; id++)
        {
            _first.Node(id, "tfc/abc");
        }

        _first.OnQuery = query =>
        {
            if (query.Contains("page=2", StringComparison.Ordinal))
            {
                _first.Cancel(3);
            }
        };

        IReadOnlyList<GridContract> contracts = await Client().LiveContractsAsync(26, CancellationToken.None);

        Assert.That(contracts.Select(contract => contract.Id), Does.Contain(501L), "it moved from the second page to the first");
    }

    [Test]
    public async Task The_tag_is_read_from_the_deployment_data_and_compared_as_a_whole()
    {
        _first.Node(1, "tfc/abc").Node(2, "tfc/abcd").Node(3, """x","projectName":"tfc/abc""").Node(4, "vm/abc").Node(5, "tfc/../abc").Name(6);

        Assert.That((await Client().ContractsOfAsync("abc", 26, CancellationToken.None)).Select(contract => contract.Id), Is.EqualTo([1]));
        Assert.That(
            (await Client().LiveContractsAsync(26, CancellationToken.None)).Where(contract => contract.DeploymentId is not null).Select(
                contract => contract.Id),
            Is.EqualTo([1, 2]));
    }

    [Test]
    public async Task A_network_has_no_tag_and_is_read_by_its_name()
    {
        _first.Network(1, "net_abc").Network(2, "net_abcd").Network(3, "abc_net_2").Network(4, "net").Node(5, "tfc/other");

        IReadOnlyList<GridContract> own = await Client().ContractsOfAsync("abc", 26, CancellationToken.None);

        Assert.That(own.Select(contract => $"{contract.Id} {contract.Name} {contract.Project}"), Is.EqualTo([
            "1 net_abc Network", "3 abc_net_2 Network"]));
    }

    [Test]
    public async Task A_single_contract_tells_its_twin_and_state_and_an_unknown_one_is_null()
    {
        _first.Name(9, twin: 41, state: "Deleted");

        GridContract? contract = await Client().ContractAsync(9, CancellationToken.None);

        Assert.That(
            (contract?.TwinId, contract?.State, contract?.Type, contract?.IsLive),
            Is.EqualTo(((int?)41, "Deleted", "name", (bool?)false)));
        Assert.That(await Client().ContractAsync(10, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Where_the_first_address_fails_the_second_is_asked()
    {
        _first.Failures.Enqueue((HttpStatusCode.BadGateway, "<html>"));
        _second.Node(1, "tfc/abc");

        Assert.That(await Client().LiveContractsAsync(26, CancellationToken.None), Has.Count.EqualTo(1));
        Assert.That((_first.Queries.Count, _second.Queries.Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task What_is_wrong_with_the_question_is_not_asked_again()
    {
        GridResponse response = await Transport().GetAsync("/contracts?colour=red", CancellationToken.None);

        Assert.That((response.Status, _first.Queries.Count, _second.Queries.Count), Is.EqualTo((400, 1, 0)));
    }

    [Test]
    public async Task After_three_rounds_the_grid_is_unreachable_and_each_reason_is_told()
    {
        foreach (LoopbackGridProxy proxy in new[] { _first, _second })
        {
            for (int i = 0; i < 3; i++)
            {
                proxy.Failures.Enqueue(i == 1 ? (HttpStatusCode.OK, "no json") : (HttpStatusCode.ServiceUnavailable, ""));
            }
        }

        DiagnosticException problem = (await Assert.ThrowsAsync<DiagnosticException>(
            () => Client().LiveContractsAsync(26, CancellationToken.None)))!;

        Assert.That((problem.ExitCode, problem.Diagnostics[0].Code), Is.EqualTo((ExitCode.Infrastructure, "TFC0409")));
        Assert.That(problem.Message, Does.Contain($"{_first.Url}/: HTTP 503").And.Contain($"{_second.Url}/: HTTP 503"));
        Assert.That((_first.Queries.Count, _second.Queries.Count, _clock.Elapsed), Is.EqualTo((3, 3, TimeSpan.FromSeconds(6))));
    }

    [Test]
    public async Task A_proxy_that_says_nothing_is_given_up()
    {
        var gate = new TaskCompletionSource();
        _first.OnQuery = _ => gate.Task.Wait(TimeSpan.FromSeconds(10));
        var transport = new HttpGridTransport(
            _http,
            [new Uri($"{_first.Url}/")],
            TimeProvider.System)
        { RequestLimit = TimeSpan.FromMilliseconds(200) };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        DiagnosticException problem = (await Assert.ThrowsAsync<DiagnosticException>(() => transport.GetAsync("/contracts", limit.Token)))!;

        gate.SetResult();
        Assert.That(problem.Message, Does.Contain("no answer within 0 s"));
    }

    [Test]
    public async Task A_cancelled_question_ends_as_cancelled()
    {
        await Assert.ThrowsAsync<TaskCanceledException>(() => Transport().GetAsync("/contracts", new CancellationToken(canceled: true)));
    }

    [TestCase("main", null, "https://gridproxy.grid.tf/ https://gridproxy.02.grid.tf/")]
    [TestCase("test", null, "https://gridproxy.test.grid.tf/ https://gridproxy.02.test.grid.tf/")]
    [TestCase("qa", "", "https://gridproxy.qa.grid.tf/ https://gridproxy.02.qa.grid.tf/")]
    [TestCase("dev", "http://127.0.0.1:99/proxy", "http://127.0.0.1:99/proxy/")]
    public void Each_grid_has_its_addresses_and_PROXY_URL_overrides_them(string grid, string? given, string expected)
    {
        Dictionary<string, string> environment = given is null ? [] : new Dictionary<string, string> { ["PROXY_URL"] = given };

        Assert.That(string.Join(' ', GridProxyAddresses.Of(GridName.Parse(grid), environment)), Is.EqualTo(expected));
    }

    [TestCase("gridproxy.grid.tf")]
    [TestCase("file:///etc/passwd")]
    public void A_PROXY_URL_that_is_none_is_a_usage_error(string given)
    {
        DiagnosticException problem = Assert.Throws<DiagnosticException>(
            () => GridProxyAddresses.Of(GridName.Parse("main"), new Dictionary<string, string> { ["PROXY_URL"] = given }))!;

        Assert.That(
            (problem.ExitCode, problem.Message),
            Is.EqualTo((ExitCode.Usage, $"PROXY_URL is '{given}', which is not an http or https address.")));
    }

    private HttpGridTransport Transport() => new(_http, [new Uri($"{_first.Url}/"), new Uri($"{_second.Url}/")], _clock);

    private GridClient Client() => new(Transport());
}
