using TfgridCompose.Core.Records;
using TfgridCompose.Core.Sharing.Payloads;

namespace TfgridCompose.Core.Tests.Sharing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BackendSecretsTests : IDisposable
{
    private readonly Machine _machine = new("laptop");

    public void Dispose() => _machine.Dispose();

    [TestCase("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI", "key wJalrXUtnFEMI", "key ***")]
    [TestCase("AWS_SESSION_TOKEN", "FwoGZXIv", "FwoGZXIv", "***")]
    [TestCase("TF_HTTP_PASSWORD", "glpat-abc", "glpat-abc", "***")]
    [TestCase("CONSUL_HTTP_TOKEN", "b1gs33cr", "b1gs33cr", "***")]
    [TestCase("ARM_CLIENT_SECRET", "az8Q~hush", "az8Q~hush", "***")]
    [TestCase("TFGRID_STATE_PASSPHRASE", "correct horse battery", "correct horse battery", "***")]
    [TestCase(
        "PG_CONN_STR",
        "postgres://ann:hus%68hush@db/state",
        "password 'hushhush' of postgres://ann:hus%68hush@db/state",
        "password '***' of ***")]
    [TestCase("PG_CONN_STR", "host=db user=ann password='hush hush' sslpassword=whisper", "hush hush, whisper", "***, ***")]
    [TestCase(
        "PG_CONN_STR",
        "postgres://ann@db/state?sslmode=disable",
        "postgres://ann@db/state?sslmode=disable",
        "postgres://ann@db/state?sslmode=disable")]
    [TestCase("GOOGLE_CREDENTIALS", "/home/ann/key.json", "/home/ann/key.json", "/home/ann/key.json")]
    [TestCase("GOOGLE_CREDENTIALS", "{\"private_key\": \"hush\"}", "{\"private_key\": \"hush\"}", "***")]
    public void What_a_tool_prints_of_them_is_masked(string variable, string value, string printed, string shown)
    {
        Surroundings here = _machine.Here with { Environment = new Dictionary<string, string> { [variable] = value } };

        BackendSecrets.Mask(here);

        Assert.That(here.Mask.Apply(printed), Is.EqualTo(shown));
    }
}
