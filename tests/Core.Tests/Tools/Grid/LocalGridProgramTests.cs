using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Tests.Tools.Grid;

public sealed class LocalGridProgramTests
{
    [Test]
    public async Task An_image_that_cannot_be_built_says_why_and_what_to_check()
    {
        var runner = new RecordingRunner(_ => RecordingRunner.Result(1, error: "E: Failed to fetch noble/InRelease"));

        DiagnosticException problem = (await Assert.ThrowsAsync<DiagnosticException>(
            () => new LocalGridProgram("/opt/local-grid", runner).EnsureImageAsync(_ => { }, CancellationToken.None)))!;

        Assert.That(runner.Lines, Is.EqualTo(["/opt/local-grid image ensure"]));
        Assert.That(runner.Commands.Single().TimeLimit, Is.EqualTo(TimeSpan.FromHours(1)));
        Assert.That(
            (problem.ExitCode, problem.Diagnostics.Single()),
            Is.EqualTo((ExitCode.Infrastructure, Diagnostic.Error(
                GridCodes.ImageFailed,
                "The local grid's base image could not be built:\nE: Failed to fetch noble/InRelease",
                "check that this machine can reach its distribution's mirror (apt-get update), then run the command again"))));
    }

    /// <summary>By number, because networks have no tag.</summary>
    [Test]
    public async Task Contracts_are_cancelled_by_their_numbers()
    {
        var runner = new RecordingRunner();

        await new LocalGridProgram("/opt/local-grid", runner).CancelAsync([1007, 1009], CancellationToken.None);

        Assert.That(runner.Lines, Is.EqualTo(["/opt/local-grid cancel --contracts 1007 1009"]));
    }

    [Test]
    public async Task While_the_image_is_built_its_progress_is_shown()
    {
        var runner = new RecordingRunner(command =>
        {
            command.OnOutput!("""{"event":"progress","message":"packages are installed"}""");
            command.OnOutput!("""{"event":"other","message":"not for people"}""");
            return null;
        });
        List<string> shown = [];

        await new LocalGridProgram("/opt/local-grid", runner).EnsureImageAsync(shown.Add, CancellationToken.None);

        Assert.That(shown, Is.EqualTo(["packages are installed"]));
    }
}
