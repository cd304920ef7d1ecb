namespace TfgridCompose.Architecture.Tests;

public sealed class ShellScriptTests
{
    private static IEnumerable<string> Scripts => Repository.Files.Where(IsScript);

    [Test]
    public void There_are_scripts()
    {
        Assert.That(Scripts, Does.Contain("test.sh").And.Contain("demo.sh"));
    }

    [TestCaseSource(nameof(Scripts))]
    public void A_script_parses(string script)
    {
        string shell = File.ReadLines(Repository.In(script)).First().EndsWith("/sh", StringComparison.Ordinal) ? "sh" : "bash";

        (int code, string output) = Repository.Run(shell, ["-n", script]);

        Assert.That(code, Is.Zero, output);
    }

    [Test]
    public void Shellcheck_finds_no_error()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "shellcheck"))))
        {
            Assert.Ignore("shellcheck is not installed");
        }

        (
            int code,
            string output) = Repository.Run(
                "shellcheck",
                ["--external-sources", "--source-path=SCRIPTDIR", "--severity=warning", .. Scripts]);

        Assert.That(code, Is.Zero, output);
    }

    // By its first line, for not every script has an ending. Text a template makes is not one yet.
    private static bool IsScript(string file)
    {
        if (file.EndsWith(".j2", StringComparison.Ordinal) || new FileInfo(Repository.In(file)).LinkTarget is not null)
        {
            return false;
        }

        using StreamReader reader = File.OpenText(Repository.In(file));
        char[] start = new char[32];
        string first = new string(start, 0, reader.Read(start)).Split('\n')[0];
        return first is "#!/bin/sh" or "#!/bin/bash" or "#!/usr/bin/env bash" or "#!/usr/bin/env sh"
            || file.EndsWith(".sh", StringComparison.Ordinal);
    }
}
