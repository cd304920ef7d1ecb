using System.Diagnostics;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Options;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Manifests;

/// <summary>Whatever a file holds, it is a manifest or a list of diagnostics.</summary>
public sealed class ManifestRobustnessTests
{
    private const string Valid =
        """
        name: app
        pattern: {name: single-vm, version: 1}
        patterns: {recommended: single-vm, supported: [single-vm]}
        config: &c {cpu: 2, memory: 8G, disk: 50}
        resources: {cpu: {recommended: 2}, ports: [22:ssh, {port: 80, name: http}]}
        network: {provision: "wireguard, ipv4", prefer: [ipv4], main: wireguard, public_ipv4: true}
        hooks: {setup: deployment/setup.sh}
        environment:
          - name: A
            options: [x, y]
            default: x
          - {name: B, required: yes, depends_on: {A: x}}
        status: {method: http, endpoint: /x, endpoints: [{path: /y, expected_status: 204}]}
        logging: {service: app}
        commands: {run: {script: /x, interactive: true}}
        other: {<<: *c}
        ssh_keys: [x]
        grid: local
        """;

    private static readonly string[] Fragments =
        [
            ":", "- ", "  ", "\n", "\t", "\"", "'", "{", "}", "[", "]", "&a ", "*a", "<<: ", "!!x ", "? ", "| ", "> ", "%",
            "@", "#", "\0", "\uFEFF", "é", "\u2028",
            "..", "/", "---\n", "...\n", "-1", "1e9", "~", ",", "\\", "\\u", "\"\\ud800\"", "\r", "999999999999999999999",
        ];

    private static readonly PatternDeclaration Declaration = new()
    {
        Options =
        [
            new() { Name = "cpu", Type = OptionType.Integer, Sources = [new("config.cpu"), new("resources.cpu.recommended")] },
            new() { Name = "memory", Type = OptionType.Size, Sources = [new("config.memory")] },
            new() { Name = "ports", Type = OptionType.TextList, Sources = [new("resources.ports")] },
        ],
    };

    [Test, CancelAfter(20_000)]
    public void Mutated_manifests_end_in_diagnostics_only()
    {
        using var app = new TestApp();
        var random = new Random(20260101);
        int good = 0;
        int bad = 0;
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < 2000; i++)
        {
            if (Survives(Mutated(random), app.Folder))
            {
                good++;
            }
            else
            {
                bad++;
            }
        }

        // Both ends are reached, or the mutations test nothing.
        Assert.That((good > 0, bad > 500), Is.EqualTo((true, true)), $"{good} good, {bad} bad");
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    [Test, CancelAfter(20_000)]
    public void Random_bytes_end_in_diagnostics_only()
    {
        using var app = new TestApp();
        var random = new Random(7);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            if (i % 2 == 0)
            {
                bytes = [.. bytes.Select(each => (byte)(each % 128))];
            }

            try
            {
                Survives(BoundedFile.Decode(bytes, "m.yaml"), app.Folder);
            }
            catch (DiagnosticException problem)
            {
                Assert.That(problem.Diagnostics.Single().Code, Is.EqualTo(ManifestCodes.FileUnreadable));
            }
        }
    }

    private static bool Survives(string text, string folder)
    {
        try
        {
            Manifest manifest = ManifestFile.Parse(text, "m.yaml", folder).Manifest;
            UnknownKeys.Of(manifest, Declaration);
            return true;
        }
        catch (DiagnosticException problem)
        {
            Assert.That(problem.Diagnostics, Is.Not.Empty);
            Assert.That(problem.Diagnostics.All(each => each.Location is { Line: > 0, Column: > 0 }
                && each.Remedy.Length > 0
                && !each.Message.Contains('\n')));
            Bind(text);
            return false;
        }
        catch (Exception problem)
        {
            throw new AssertionException($"{problem.GetType().Name} for:\n{text}", problem);
        }
    }

    private static void Bind(string text)
    {
        try
        {
            OptionBinder.Bind(LocatedYaml.Parse(text, "m.yaml"), Declaration);
        }
        catch (DiagnosticException)
        {
            // Reported before.
        }
    }

    private static string Mutated(Random random)
    {
        string text = Valid.Replace("hooks: {setup: deployment/setup.sh}\n", "", StringComparison.Ordinal).Replace(
            "ssh_keys: [x]\n",
            "",
            StringComparison.Ordinal);
        text = random.Next(4) == 0 ? Valid : text;
        for (int i = random.Next(0, 6); i > 0; i--)
        {
            int at = random.Next(text.Length);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at)),
                1 => text[..at] + text[random.Next(text.Length)..],
                _ => text.Insert(at, Fragments[random.Next(Fragments.Length)]),
            } + "\n";
        }

        return text;
    }
}
