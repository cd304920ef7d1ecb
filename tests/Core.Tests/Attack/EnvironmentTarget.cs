using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Manifests.Values;
using TfgridCompose.Core.Tools.Ansible;
using TfgridCompose.Tests.Shared.Attack;

namespace TfgridCompose.Core.Tests.Attack;

/// <summary>Values from <c>.env</c>, env files, <c>--env</c>, the process and the manifest, on their way to hooks.</summary>
internal sealed class EnvironmentTarget : CoreTarget
{
    private static readonly string[] DotEnvs =
    [
        "# settings\nexport GREETING=\"Hello\\n$USER\"\nTOKEN='its \"own\"'\nEMPTY=\nPLAIN=a b # comment\nURL=postgres://u:p@h/db?x=1#y\n",
        "A=1\r\nB=\"two\nlines\"\r\n  C = three  \r\nD='single $x `y`'\r\n",
        "\uFEFFNAME=ünïcödé ✓\nPATH=/nowhere\nLD_PRELOAD=/tmp/x.so\nBASH_ENV=/tmp/x\nIFS=x\nUID=0\n",
    ];

    private static readonly string[] Lines =
    [
        "A=b", "A", "=b", "export", "export A", "A='", "A=\"", "A=\"\\", "A='b' c", "1A=b", "A-B=c", "A.B=c", "A =b", "A= b",
        "A=b\\", "A=$(id)",
        "A=`id`", "PATH=/x", "HOME=/", "UID=0", "A='b'#c", "# A=b", "A=\"a\" 'b'", "\"A\"=b", "A=\"\\u0000\"", "A[0]=x", "A+=b",
        "set -e", ". /etc/passwd",
    ];

    private static readonly string Given =
        """
        {"env": ["GREETING=Hi", "NEW=line one\nline two", "FROM_PROCESS"], "process": {"FROM_PROCESS": "x y", "TOKEN": "t"},
         "declared": [{"name": "GREETING", "default": "Hello", "options": ["Hi", "Hello"]}, {"name": "TOKEN", "secret": true, "required": true},
          {"name": "DB", "default": "it's \"quoted\" $(x) ${HOME} {{ y }}", "depends_on": {"GREETING": "Hi"}}], "file": "EXTRA=1\nGREETING=Hi\n"}
        """;

    public override string Name => "environment";

    // Two documents in one: what is given by other ways, and the .env file.
    public override AttackInput Make(Random random, int number)
    {
        AttackInput given = Spoiling.Json(random, Given);
        AttackInput file = Spoiling.Lines(random, HostileWords.Pick(random, DotEnvs), "=", Lines);
        bool isFile = random.Next(2) == 0;
        byte[] json = isFile ? Encoding.UTF8.GetBytes(Given) : given.Bytes;
        byte[] text = isFile ? file.Bytes : Encoding.UTF8.GetBytes(DotEnvs[0]);
        return new AttackInput(isFile ? file.Kind : given.Kind, [.. BitConverter.GetBytes(json.Length), .. json, .. text]);
    }

    public override string Take(AttackInput input, string folder)
    {
        int length = BitConverter.ToInt32(input.Bytes);
        File.WriteAllBytes(Path.Combine(folder, ".env"), input.Bytes[(4 + length)..]);
        if (GivenIn(input.Bytes.AsSpan(4, length)) is not { } given)
        {
            return "no list of words";
        }

        string file = Path.Combine(folder, "values.env");
        File.WriteAllBytes(file, Encoding.UTF8.GetBytes(Text(given["file"])));
        LoadedManifest loaded = ManifestFile.Parse(
            $"name: app\npattern: single-vm\nenvironment: {Declared(input.Bytes.AsMemory(4, length))}\n", "m.yaml", folder);
        ResolvedEnvironment resolved = EnvironmentResolver.Resolve(new EnvironmentRequest
        {
            Declared = loaded.Manifest.Environment,
            AppFolder = folder,
            Assignments = [.. (given["env"] as JsonArray ?? []).Select(Text)],
            EnvFiles = [file],
            ProcessEnvironment = Process(given["process"]),
        });
        Diagnostic[] errors = [.. resolved.Problems.Where(problem => problem.Severity == Severity.Error)];
        if (errors.Length > 0)
        {
            return errors[0].Code;
        }

        EnvFileRule.Hold(
            EnvFileText.Of(resolved.Values), [.. resolved.Values.Select(value => KeyValuePair.Create(value.Name, value.Value.Reveal()))]);
        var variables = resolved.Values.ToDictionary(value => value.Name, value => (object?)value.Value.Reveal());
        Rules.Variables(AnsibleInventory.Variables(variables));
        AttackFailure.Unless(
            resolved.Values.All(value => !value.IsSecret || !value.ToString().Contains(value.Value.Reveal(), StringComparison.Ordinal)
                || value.Value.Reveal().Length < 4),
            "a secret shows");
        return Accepted;
    }

    private static JsonObject? GivenIn(ReadOnlySpan<byte> json)
    {
        try
        {
            var node = JsonNode.Parse(json) as JsonObject;
            return CountOf(node) > 0 ? node : null;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException)
        {
            // What is spoiled so is no list of words for any program.
            return null;
        }
    }

    // As it was written: what is no text for JSON is none for YAML either.
    private static string Declared(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("declared", out JsonElement declared)
            ? Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(declared))
            : "[]";
    }

    // Members that are there twice show only where they are looked at.
    private static int CountOf(JsonNode? node) => node switch
    {
        JsonObject map => 1 + map.Sum(pair => CountOf(pair.Value)),
        JsonArray list => 1 + list.Sum(CountOf),
        _ => 0,
    };

    private static Dictionary<string, string> Process(JsonNode? node) =>
        node is JsonObject map ? map.ToDictionary(pair => pair.Key, pair => Text(pair.Value)) : [];

    // A half pair cannot come from a command line, but from a file it can.
    private static string Text(JsonNode? node)
    {
        try
        {
            return node is JsonValue value && value.TryGetValue(out string? text) ? text : node?.ToJsonString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "\ud800";
        }
    }
}
