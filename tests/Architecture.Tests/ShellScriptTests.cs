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

    [TestCase("build", false, false)]
    [TestCase("machines", true, false)]
    [TestCase("tests", true, true)]
    public void Only_what_a_scope_needs_is_installed(string scope, bool machines, bool servers)
    {
        const string Script = """
            . scripts/steps.sh
            . scripts/prepare.sh
            require_dotnet() { :; }
            has() { true; }
            install_missing() { printf 'package %s\n' "$@"; }
            install_state_servers() { echo 'npm packages'; }
            prepare "$0"
            """;

        (int code, string output) = Repository.Run("bash", ["-euo", "pipefail", "-c", Script, scope]);

        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("ansible-core"));
        Assert.That(output.Contains("systemd-container", StringComparison.Ordinal), Is.EqualTo(machines));
        foreach (string server in new[] { "pebble", "postgresql", "npm npm", "npm packages" })
        {
            Assert.That(output.Contains(server, StringComparison.Ordinal), Is.EqualTo(servers), server);
        }
    }

    [TestCase("demo.sh", "machines")]
    [TestCase("test.sh", "tests")]
    public void Each_script_installs_its_own_scope(string script, string scope) =>
        Assert.That(File.ReadAllText(Repository.In(script)), Does.Match($@"prepare {scope}\b|scope={scope}\b"));

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
