using System.Text;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Records.Store;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeploymentStoreTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Test]
    public void A_record_is_read_as_it_was_saved()
    {
        DeploymentRecord saved = _home.Store.Save(TestHome.Record() with
        {
            Outputs = Outputs(),
            Endpoints = [new RecordedEndpoint("http", "http://x")],
        });
        DeploymentRecord read = _home.Store.Load(saved.Id)!;

        Assert.That(System.Text.Json.JsonSerializer.Serialize(read), Is.EqualTo(System.Text.Json.JsonSerializer.Serialize(saved)));
        Assert.That(_home.Store.Load("nothing"), Is.Null);
        Assert.That(
            File.GetUnixFileMode(_home.Home.Deployment(saved.Id).Record),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void What_an_older_record_lacks_has_its_default()
    {
        string path = Path.Combine(_home.Folder(".tfgrid-compose/deployments/old"), "deployment.json");
        File.WriteAllText(path, """
            {"id":"old","name":"a","app_name":"a","app_path":"/a","pattern_name":"p","grid":"local","created_at":"2026-01-02T03:04:05Z","updated_at":"2026-01-02T03:04:05Z",
             "ip_range":"10.1.0.0/16","seed":"00","hosts":[{"name":"vm","role":"vm"}],"a_later_field":1}
            """);

        DeploymentRecord record = _home.Store.Load("old")!;

        Assert.That(
            (record.Schema, record.SshUser, record.AppVersion, record.Hosts[0].Addresses.Count, record.AppHosts.Count),
            Is.EqualTo((1, "root", "", 0, 0)));
    }

    [Test]
    public void A_record_of_a_newer_version_is_refused()
    {
        DeploymentRecord saved = _home.Store.Save(TestHome.Record() with { Schema = 2 });

        AssertRefused(saved.Id, "TFC0705", "was written by a newer tfgrid-compose and has schema 2; this version reads up to 1");
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{\"schema\": 1}")]
    public void A_record_that_cannot_be_read_names_the_file_and_a_way_out(string text)
    {
        DeploymentRecord saved = _home.Store.Save(TestHome.Record());
        File.WriteAllText(_home.Home.Deployment(saved.Id).Record, text);

        AssertRefused(saved.Id, "TFC0704", "deployment.json cannot be read");
    }

    [Test]
    public void Another_deployments_record_is_refused()
    {
        DeploymentRecord own = _home.Store.Save(TestHome.Record());
        DeploymentRecord other = _home.Store.Save(TestHome.Record("other0000", "worker"));
        File.Copy(_home.Home.Deployment(other.Id).Record, _home.Home.Deployment(own.Id).Record, overwrite: true);

        AssertRefused(
            own.Id,
            "TFC0715",
            "is the record of another deployment, worker (other0000); the folder is that of abc123xyz.");
        Assert.That(_home.Store.Load(other.Id)!.Name, Is.EqualTo("worker"));
    }

    [TestCase("hello")]
    [TestCase("vm_x")]
    [TestCase("schema")]
    public void Half_a_character_in_a_record_is_damage(string text)
    {
        DeploymentRecord saved = _home.Store.Save(TestHome.Record() with { Outputs = Outputs() });
        string record = _home.Home.Deployment(saved.Id).Record;
        File.WriteAllText(record, File.ReadAllText(record).Replace(text, "\\ud800", StringComparison.Ordinal));

        AssertRefused(saved.Id, "TFC0704", "deployment.json cannot be read");
    }

    [Test]
    public void A_byte_that_is_not_text_does_not_hide_a_record()
    {
        DeploymentRecord saved = _home.Store.Save(TestHome.Record());
        string record = _home.Home.Deployment(saved.Id).Record;
        File.WriteAllText(record, File.ReadAllText(record).Replace("hello", "\u00ff", StringComparison.Ordinal), Encoding.Latin1);

        Assert.That(_home.Store.Load(saved.Id)!.Name, Is.EqualTo("\ufffd"));
    }

    internal static RecordedOutputs Outputs() => new()
    {
        PrimaryIp = "10.42.1.2",
        PrimaryIpType = "wireguard",
        DeploymentName = "vm_x",
        NodeIds = [2, 3],
        NetworkName = "net_x",
    };

    private void AssertRefused(string id, string code, string message)
    {
        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => _home.Store.Load(id))!;
        Assert.That((problem.ExitCode, problem.Diagnostics[0].Code), Is.EqualTo((ExitCode.Conflict, code)));
        Assert.That(problem.Message, Does.Contain(message));
    }
}
