namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>How a program ended.</summary>
internal sealed record ProgramResult(string CommandLine, int ExitCode, string Output, string Errors, TimeSpan Elapsed)
{
    public string Everything => $"{CommandLine}\nexit code {ExitCode} after {Elapsed.TotalSeconds:F1} s\n{Output}\n{Errors}";

    /// <summary>Fails the test with all that was said where the exit code is another.</summary>
    public ProgramResult MustEndWith(int exitCode)
    {
        Assert.That(ExitCode, Is.EqualTo(exitCode), Everything);
        return this;
    }
}
