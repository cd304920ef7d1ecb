using System.Diagnostics;
using System.Text;
using TfgridCompose.Core.Manifests.Values;

namespace TfgridCompose.Core.Tests.Manifests.Values;

public sealed class EnvFileTextTests
{
    private static readonly string[] Hostile =
    [
        "", " ", "plain", " leading and trailing ", "it's", "''", "'; touch pwned; '", "\"double\"", "$(touch pwned)",
        "`touch pwned`", "${HOME}", "$HOME",
        "a\nb\n", "\n", "\r\n", "tab\tbell\a", "back\\slash\\", "\\", "\\'", "'\\''", "#no comment", "a=b", "*?[x]~",
        "!history", "ünï 漢字 🐘", "%s%n", "-n", "\u2028", "&&;|<>()",
    ];

    [TestCase("sh")]
    [TestCase("bash")]
    public void A_real_shell_gets_every_value_as_it_is(string shell)
    {
        if (!File.Exists($"/bin/{shell}"))
        {
            Assert.Ignore($"/bin/{shell} is not here");
        }

        Assert.That(ThroughShell(shell, Hostile), Is.EqualTo(Hostile));
    }

    [Test]
    public void A_real_shell_gets_random_values_as_they_are()
    {
        var random = new Random(11);
        const string Letters = "ab'\"$`\\\n\t (){};&|<>*?!#~=\r%é";
        string[] values = [.. Enumerable.Range(0, 300).Select(_ =>
            new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => Letters[random.Next(Letters.Length)])]))];

        Assert.That(ThroughShell("sh", values), Is.EqualTo(values));
    }

    // Attributes cannot carry half of a character: their metadata is UTF-8.
    [TestCase('\0')]
    [TestCase('\ud800')]
    public void A_value_that_no_shell_holds_is_refused(char letter)
    {
        string value = $"a{letter}b";
        Assert.That(EnvFileText.CanHold(value), Is.False);
        Assert.Throws<ArgumentException>(() => EnvFileText.Of([new EnvironmentValue("A", value)]));
    }

    [TestCase("A B")]
    [TestCase("A;id")]
    [TestCase("A\n")]
    [TestCase("")]
    public void A_name_that_no_shell_takes_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => EnvFileText.Of([new EnvironmentValue(name, "x")]));

    private static string[] ThroughShell(string shell, string[] values)
    {
        string folder = Directory.CreateTempSubdirectory("tfc-env-").FullName;
        try
        {
            File.WriteAllText(
                Path.Combine(folder, "values.env"),
                EnvFileText.Of(values.Select((value, i) => new EnvironmentValue($"V{i}", value))));
            string output = Run(shell, folder);
            Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName), Is.EqualTo(["values.env"]), "something ran");
            var seen = output.Split('\0').Where(pair => pair.Length > 0).Select(pair => pair.Split('=', 2))
                .ToDictionary(pair => pair[0], pair => pair[1]);
            return [.. values.Select((_, i) => seen[$"V{i}"])];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string shell, string folder)
    {
        var start = new ProcessStartInfo($"/bin/{shell}", ["-euc", "set -a; . ./values.env; set +a; exec env -0"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
        return output;
    }
}
