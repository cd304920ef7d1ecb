using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tools.Terraform;

namespace TfgridCompose.Core.Tests.Tools.Terraform;

public sealed class StateStoreTests
{
    [Test]
    public async Task A_push_goes_through_standard_input_and_waits_for_the_lock()
    {
        var runner = new RecordingRunner();
        await Store(runner).PushAsync("the state", force: true, CancellationToken.None);

        ToolCommand push = runner.Commands.Single();
        using var input = new MemoryStream();
        await push.Input!(input, CancellationToken.None);
        Assert.That(push.Arguments, Is.EqualTo(["state", "push", "-no-color", "-lock-timeout=60s", "-force", "-"]));
        Assert.That(System.Text.Encoding.UTF8.GetString(input.ToArray()), Is.EqualTo("the state"));
    }

    [Test]
    public async Task A_held_lock_is_named_with_its_owner()
    {
        var runner = new RecordingRunner(_ => RecordingRunner.Result(
            1,
            error: "Error acquiring the state lock\nLock Info:\n  ID:        42-a\n  Who:       ann@laptop\n  Created:   2026-01-01"));

        DiagnosticException refused = await RefusalAsync(() => Store(runner).PushAsync("s", force: false, CancellationToken.None));

        Assert.That((refused.ExitCode, refused.Diagnostics[0].Code), Is.EqualTo((ExitCode.Conflict, SharedStateCodes.TerraformLocked)));
        Assert.That(refused.Diagnostics[0].Message, Does.Contain("ann@laptop").And.Contain("42-a").And.Contain("2026-01-01"));
        Assert.That(refused.Diagnostics[0].Remedy, Does.Contain("tfgrid-compose unlock abc"));
    }

    [Test]
    public async Task A_backend_that_refuses_is_no_conflict()
    {
        var runner = new RecordingRunner(_ => RecordingRunner.Result(1, error: "AccessDenied"));

        DiagnosticException refused = await RefusalAsync(() => Store(runner).PullAsync(CancellationToken.None));

        Assert.That((refused.ExitCode, refused.Diagnostics[0].Code), Is.EqualTo((ExitCode.Infrastructure, SharedStateCodes.BackendFailed)));
        Assert.That(refused.Diagnostics[0].Message, Does.Contain("AccessDenied"));
    }

    [Test]
    public async Task Nothing_is_an_empty_state() =>
        Assert.That((await Printing("\n").PullStateAsync(CancellationToken.None)).IsEmpty);

    [TestCase("<html>please log in</html>")]
    [TestCase("{\"version\": 4, \"resou")]
    [TestCase("[]")]
    public async Task Something_else_in_the_place_of_a_state_is_an_error(string printed)
    {
        DiagnosticException refused = await RefusalAsync(() => Printing(printed).PullStateAsync(CancellationToken.None));

        Assert.That((refused.ExitCode, refused.Diagnostics[0].Code), Is.EqualTo((ExitCode.Infrastructure, SharedStateCodes.BackendFailed)));
        Assert.That(refused.Message, Does.Contain("terraform state pull gave no state for /d/abc/record"));
    }

    private static StateStore Printing(string text) => Store(new RecordingRunner(_ => RecordingRunner.Result(0, text)));

    private static StateStore Store(RecordingRunner runner) =>
        new("/d/abc/record", new TerraformTool("/bin/terraform"), new Dictionary<string, string?>(), runner);

    private static async Task<DiagnosticException> RefusalAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (DiagnosticException problem)
        {
            return problem;
        }

        throw new AssertionException("nothing was refused");
    }
}
