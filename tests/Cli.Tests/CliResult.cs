using System.Text.Json;

namespace TfgridCompose.Cli.Tests;

internal sealed record CliResult(int ExitCode, string Out, string Error)
{
    /// <summary>The lines that begin with <c>error</c> or <c>warning</c>: the problems, without their remedies.</summary>
    public IReadOnlyList<string> Problems =>
        [
            .. Error.Split('\n').Where(line => line.StartsWith("error ", StringComparison.Ordinal)
                || line.StartsWith("warning ", StringComparison.Ordinal)),
        ];

    public IReadOnlyList<string> Remedies =>
        [.. Error.Split('\n').Where(line => line.StartsWith("  -> ", StringComparison.Ordinal)).Select(line => line[5..])];

    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Out);
            return document.RootElement.Clone();
        }
    }

    /// <summary>One problem and no other, with a remedy.</summary>
    public void AssertFailed(int exitCode, string code, string message, string remedy)
    {
        Assert.Multiple(() =>
        {
            Assert.That(ExitCode, Is.EqualTo(exitCode), Error);
            Assert.That(Problems, Has.Count.EqualTo(1), Error);
            Assert.That(string.Join('\n', Problems), Does.StartWith($"error {code}").And.Contain(message));
            Assert.That(string.Join('\n', Remedies), Does.Contain(remedy));
            Assert.That(Out, Is.Empty);
        });
    }
}
