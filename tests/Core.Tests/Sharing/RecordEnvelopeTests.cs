using System.Text.Json;
using System.Text.Json.Nodes;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Sharing.Machines;
using TfgridCompose.Core.Sharing.Payloads;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Sharing;

public sealed class RecordEnvelopeTests
{
    private static readonly DateTimeOffset Then = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Test]
    public void A_payload_comes_back_as_it_went()
    {
        var payload = new SharedPayload
        {
            Record = TestHome.Record(),
            Journal = ["{\"x\":1} 0123", "ünïcödé ✓ \"quoted\" ${not} %{a}"],
            Files = [new SharedFile("terraform/main.tf", "a = \"$${b}\"\r\n\t\\"), new SharedFile("ansible/x.bin", "AAE=", IsBase64: true)],
            Origin = new SharedOrigin("/home/ann/x", null),
            Holder = new SharedHolder("ann", "laptop", "/home/ann", 7, "tfgrid-compose up", Then),
        };

        var read = RecordEnvelope.Parse(new RecordEnvelope("l1", 4, null).Next(payload), "here");

        Assert.That(JsonSerializer.Serialize(read.Payload), Is.EqualTo(JsonSerializer.Serialize(payload)));
        Assert.That((read.Lineage, read.Serial), Is.EqualTo(("l1", 5L)));
    }

    [Test]
    public void Its_only_content_is_one_sensitive_output()
    {
        JsonNode state = JsonNode.Parse(new RecordEnvelope("", 0, null).Next(new SharedPayload()))!;

        Assert.That(state["outputs"]!.AsObject().Select(output => output.Key), Is.EqualTo(["tfgrid_compose"]));
        Assert.That(state["outputs"]!["tfgrid_compose"]!["sensitive"]!.GetValue<bool>());
        Assert.That(state["outputs"]!["tfgrid_compose"]!["type"]!.GetValue<string>(), Is.EqualTo("string"));
        Assert.That(state["resources"]!.AsArray(), Is.Empty);
        Assert.That(state["lineage"]!.GetValue<string>(), Has.Length.EqualTo(36));
    }

    [Test]
    public void What_was_never_written_has_no_payload() =>
        Assert.That(RecordEnvelope.Parse("""{"version":4,"serial":0,"lineage":"","outputs":{},"resources":[]}""", "here").Payload, Is.Null);

    [TestCase("not json")]
    [TestCase("[]")]
    [TestCase("""{"version":4,"lineage":"x","outputs":{"address":{"value":"10.1.1.1"}},"resources":[]}""")]
    [TestCase("""{"version":4,"lineage":"x","outputs":{},"resources":[{"mode":"managed"}]}""")]
    [TestCase("""{"outputs":{"tfgrid_compose":{"value":"{\"files\":null}"}}}""")]
    [TestCase("""{"outputs":{"tfgrid_compose":{"value":"not json"}}}""")]
    [TestCase("""{"outputs":{"tfgrid_compose":{"value":5}}}""")]
    [TestCase("""{"outputs":{"tfgrid_compose":{"value":"{}"},"tfgrid_compose":{"value":"{}"}}}""")]
    [TestCase("""{"outputs":{"tfgrid_compose":{"value":"{\"journal\":[null]}"}}}""")]
    [TestCase("""{"outputs":{"tfgrid_compose":{"value":"{\"files\":[null]}"}}}""")]
    [TestCase("""{"outputs":{"tfgrid_compose":{"value":"{\"files\":[{\"path\":\"terraform/x\",\"content\":\"?\",\"is_base64\":true}]}"}}}""")]
    [TestCase("""{"outputs":{"tfgrid_compose":{"value":"{\"files\":[{\"path\":\"terraform/x\",\"content\":\"\"},{\"path\":\"terraform/x/y\",\"content\":\"\"}]}"}}}""")]
    [TestCase("""{"outputs":{"tfgrid_compose":{"value":"{\"origin\":{\"folder\":\"\"}}"}}}""")]
    public void What_somebody_else_wrote_is_refused(string state) => Assert.That(
        Assert.Throws<DiagnosticException>(() => RecordEnvelope.Parse(state, "s3://x"))!.Diagnostics[0].Code, Is.EqualTo(
            SharedStateCodes.OtherDeployment));

    [Test]
    public void A_newer_schema_is_refused()
    {
        string state = new RecordEnvelope("", 0, null).Next(new SharedPayload { Schema = 99 });

        Assert.That(
            Assert.Throws<DiagnosticException>(() => RecordEnvelope.Parse(state, "s3://x"))!.Diagnostics[0].Code,
            Is.EqualTo(SharedStateCodes.NewerRecord));
    }
}
