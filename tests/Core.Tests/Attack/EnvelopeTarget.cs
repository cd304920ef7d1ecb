using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Sharing.Copies;
using TfgridCompose.Core.Sharing.Machines;
using TfgridCompose.Core.Sharing.Payloads;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Tests.Shared.Attack;

namespace TfgridCompose.Core.Tests.Attack;

/// <summary>A record in a shared state, which another machine wrote.</summary>
internal sealed class EnvelopeTarget : CoreTarget
{
    private const string Host = "laptop";
    private static readonly DateTimeOffset Then = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly string[] Payloads =
    [
        Text(new SharedPayload
        {
            Record = RecordSeeds.Several with { AppPath = "", Hosts = [.. RecordSeeds.Several.Hosts] },
            Files =
            [
                new SharedFile("terraform/main.tf", "terraform {\n  required_version = \"/home/ann/x\"\n}\n"),
                new SharedFile("ansible/roles/app/files/run.sh", "#!/bin/sh\n"),
                new SharedFile("ansible/x.bin", "AAE=", IsBase64: true),
                new SharedFile("wg-grid.conf", "[Interface]\nAddress = 100.64.1.2/32\n"),
                new SharedFile("known_hosts", "vm.abc123xyz ssh-ed25519 AAAA\n"),
            ],
            Journal = Lines(),
            Origin = new SharedOrigin("/home/ann/x", "/home/ann/.ssh/id_ed25519"),
            Holder = new SharedHolder("ann", "server", "/home/ann", 7, "tfgrid-compose up", Then, "home", "machine"),
            Former = [new SharedEnd("old123xyz", Then, "ann@server", null)],
        }),
        Text(new SharedPayload { Record = RecordSeeds.Single, Ended = new SharedEnd("old123xyz", Then, "ann@server", "s3://other") }),
    ];

    public override string Name => "envelopes";

    public override AttackInput Make(Random random, int number)
    {
        if (random.Next(10) == 0)
        {
            return Json(random, [Wrapped(Payloads[0]), Wrapped(Payloads[1])]);
        }

        AttackInput payload = Json(random, Payloads);
        return payload with { Bytes = Encoding.UTF8.GetBytes(Wrapped(Encoding.UTF8.GetString(payload.Bytes))) };
    }

    public override string Take(AttackInput input, string folder)
    {
        var runner = new RecordingRunner();
        Surroundings here = Here(folder, runner);
        here.Home.Create();
        var envelope = RecordEnvelope.Parse(Encoding.UTF8.GetString(input.Bytes), "s3://states/app");
        _ = envelope.Version;
        if (envelope.Payload is not { } payload)
        {
            return "nothing there";
        }

        _ = payload.EndOf(RecordSeeds.Id)?.ToString();
        _ = payload.Holder?.ToString();
        _ = payload.Holder?.IsDead(new SharedHolder("ann", Host, here.Home.Path, 1, "", Then));
        if (payload.Record is not { } shared)
        {
            return "no record";
        }

        string app = Directory.CreateDirectory(Path.Combine(folder, "app")).FullName;
        DeploymentRecord record = new LocalCopy(here, Host)
            .ApplyAsync(payload, shared, local: null, app, CancellationToken.None).GetAwaiter().GetResult();
        AttackFailure.Unless(record.AppPath == app, "the record names another app folder");
        OnlyWhatMayTravel(here.Home.Deployment(record.Id).Path, folder);
        RecordUse.Of(here, runner, record);
        return Accepted;
    }

    private static void OnlyWhatMayTravel(string own, string folder)
    {
        foreach (string path in Directory.EnumerateFiles(
            folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            string relative = Path.GetRelativePath(own, path);
            AttackFailure.Unless(
                relative.StartsWith("..", StringComparison.Ordinal)
                    ? IsOurs(Path.GetRelativePath(folder, path).Split('/'))
                    : CarriedFiles.MayTravel(relative) || IsOurs(relative),
                $"{path} was written");
        }
    }

    private static bool IsOurs(string[] path) =>
        path is [".tfgrid-compose", "index.yaml" or "locks" or "home-id", ..] or ["ranges", ..];

    private static bool IsOurs(string relative) => relative is "deployment.json" or "state.yaml" or "journal" or "wg3.conf";

    private static string Wrapped(string payload)
    {
        JsonNode state = JsonNode.Parse(new RecordEnvelope("l1", 4, null).Next(new SharedPayload()))!;
        state["outputs"]![RecordEnvelope.Output]!["value"] = payload;
        return state.ToJsonString();
    }

    private static string Text(SharedPayload payload) => JsonSerializer.Serialize(payload, SharedJson.Default.SharedPayload);

    private static IReadOnlyList<string> Lines()
    {
        string folder = Directory.CreateTempSubdirectory("tfc-journal-").FullName;
        try
        {
            var journal = new Journal(Path.Combine(folder, "journal"));
            journal.Append(new JournalEntry { At = Then, Verb = "up", Result = JournalResult.Done });
            return journal.LastLines(1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
