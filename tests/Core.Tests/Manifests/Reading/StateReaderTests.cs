using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Reading;

namespace TfgridCompose.Core.Tests.Manifests.Reading;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StateReaderTests : IDisposable
{
    private const string Head = "name: hello\npattern: single-vm\n";
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Test]
    public void A_backend_and_its_arguments_are_read_as_written()
    {
        LoadedManifest loaded = _app.Load(Head
            + "state: {backend: s3, config: {bucket: my-tfgrid-state, use_path_style: true, endpoints: {s3: 'http://s3.lan'}, "
                + "allowed_account_ids: ['0123']}}\n");

        Assert.That(loaded.Warnings, Is.Empty);
        Assert.That(loaded.Manifest.State!.Kind, Is.EqualTo("s3"));
        Assert.That(
            loaded.Manifest.State.Config.ToJsonString(),
            Is.EqualTo("""{"bucket":"my-tfgrid-state","use_path_style":true,"endpoints":{"s3":"http://s3.lan"},"allowed_account_ids":["0123"]}"""));
    }

    [Test]
    public void Without_the_key_the_state_stays_on_this_machine() => Assert.That(_app.Load(Head).Manifest.State, Is.Null);

    [TestCase("state: {backend: s4}", "TFC0245 3:18")]
    [TestCase("state: {config: {bucket: b}}", "TFC0245 3:8")]
    [TestCase("state: s3", "TFC0212 3:8")]
    [TestCase("state: {backend: s3}", "TFC0248 3:8")]
    [TestCase("state: {backend: http, config: {lock_method: POST}}", "TFC0248 3:32")]
    [TestCase("state: {backend: azurerm, config: {container_name: c}}", "TFC0248 3:35")]
    [TestCase("state: {backend: s3, config: {bucket: b, endpoints: {s3: {deep: x}}}}", "TFC0246 3:58")]
    [TestCase("state: {backend: pg, config: {x: [[a]]}}", "TFC0246 3:35")]
    [TestCase("state: {backend: pg, region: eu}", "TFC0229 3:22")]
    public void What_cannot_be_used_has_its_place(string line, string problem) =>
        Assert.That(_app.Problems(Head + line + "\n"), Is.EqualTo([problem]));

    [TestCase("s3", "access_key: AKIA")]
    [TestCase("s3", "secret_key: hush")]
    [TestCase("s3", "token: hush")]
    [TestCase("s3", "assume_role_with_web_identity: {web_identity_token: hush}")]
    [TestCase("s3", "sse_customer_key: hush")]
    [TestCase("pg", "conn_str: 'postgres://me:hush@db/state'")]
    [TestCase("pg", "conn_str: 'host=db password=hush'")]
    [TestCase("http", "password: hush")]
    [TestCase("http", "address: 'https://me:hush@host/state'")]
    [TestCase("consul", "access_token: hush")]
    [TestCase("consul", "http_auth: 'me:hush'")]
    [TestCase("gcs", "credentials: hush.json")]
    [TestCase("azurerm", "sas_token: hush")]
    [TestCase("azurerm", "client_secret: hush")]
    [TestCase("azurerm", "client_certificate: hush")]
    [TestCase("azurerm", "client_certificate_password: hush")]
    [TestCase("pg", "conn_str: 'host=db sslpassword=hush'")]
    [TestCase("pg", "conn_str: 'postgres://me@db/state?sslpassword=hush'")]
    [TestCase("kubernetes", "client_key: hush")]
    public void A_credential_is_refused_without_being_shown(string backend, string argument)
    {
        string text =
            $"{Head}state: {{backend: {backend}, config: {{bucket: b, address: 'http://a', storage_account_name: s, "
                + $"container_name: c, {argument}}}}}\n";

        // A key may stand once only.
        string once = argument.StartsWith("address", StringComparison.Ordinal)
            ? text.Replace("address: 'http://a', ", "", StringComparison.Ordinal)
            : text;
        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => _app.Load(once))!;

        Assert.That(problem.Diagnostics.Select(each => each.Code), Is.EqualTo([ManifestCodes.StateCredential]));
        Assert.That(
            problem.Diagnostics[0].Message + problem.Diagnostics[0].Remedy,
            Does.Not.Contain("hush").And.Not.Contain("AKIA").And.Contain("environment"));
    }

    [TestCase("s3", "skip_credentials_validation: true")]
    [TestCase("s3", "shared_credentials_files: [/home/me/.aws/credentials]")]
    [TestCase("gcs", "kms_encryption_key: projects/p/key")]
    [TestCase("pg", "conn_str: 'postgres://me@db/state?sslmode=require'")]
    [TestCase("azurerm", "oidc_token_file_path: /run/token")]
    [TestCase("azurerm", "client_certificate_path: /run/bundle")]
    [TestCase("kubernetes", "client_certificate: '-----BEGIN CERTIFICATE-----'")]
    public void What_only_names_a_credential_is_taken(string backend, string argument) => Assert.That(
        _app.Problems($"{Head}state: {{backend: {backend}, config: {{bucket: b, storage_account_name: s, container_name: c, "
            + $"{argument}}}}}\n"),
        Is.Empty);

    [Test]
    public void The_users_configuration_can_name_a_backend_too()
    {
        _app.File("config.yaml", "state: {backend: pg}\n");
        Assert.That(UserConfig.Load(_app.Folder).State!.Kind, Is.EqualTo("pg"));

        _app.File("config.yaml", "state: {backend: pg, config: {conn_str: 'postgres://a:b@c/d'}}\n");
        Assert.That(
            Assert.Throws<DiagnosticException>(() => UserConfig.Load(_app.Folder))!.Diagnostics[0].Code,
            Is.EqualTo(ManifestCodes.StateCredential));
    }
}
