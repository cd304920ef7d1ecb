using System.Text.Json.Nodes;
using TfgridCompose.Core.Foundation.Codes;

namespace TfgridCompose.Core.Tests.Plugins.Packages;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PatternsLockTests : IDisposable
{
    private readonly PackageLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public void A_lock_file_that_cannot_be_read_stops_before_anything_is_changed()
    {
        _lab.Publish();
        _lab.Home.Create();
        File.WriteAllText(_lab.Home.PatternsLock, "{ \"schema\": 2, \"patterns\": [] }");

        Assert.That(_lab.Refused(PackageCodes.LockUnreadable).Message, Does.Contain("schema 2"));
    }

    [TestCase("patterns", "null", "no list")]
    [TestCase("patterns", "[null]", "patterns[0] has no usable value")]
    [TestCase("name", "null", "name")]
    [TestCase("name", "\"../good\"", "name")]
    [TestCase("package", "null", "package")]
    [TestCase("version", "\"\"", "version")]
    [TestCase("source", "null", "source")]
    [TestCase("sha512", "\"0123\"", "sha512")]
    [TestCase("sha512", "null", "sha512")]
    public async Task A_lock_file_with_a_flaw_is_named_with_it(string key, string json, string said)
    {
        _lab.Publish();
        await _lab.InstallAsync();
        JsonNode content = JsonNode.Parse(File.ReadAllText(_lab.Home.PatternsLock))!;
        (key == "patterns" ? content : content["patterns"]![0]!)[key] = JsonNode.Parse(json);
        File.WriteAllText(_lab.Home.PatternsLock, content.ToJsonString());

        Assert.That(_lab.Refused(PackageCodes.LockUnreadable).Message, Does.Contain(said));
    }
}
