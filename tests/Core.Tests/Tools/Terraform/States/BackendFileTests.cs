using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Sharing.Places;
using TfgridCompose.Core.Tests.Manifests;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tests.Tools.Terraform.States;

/// <summary>The files that Terraform reads, compared whole: what the manifest says, and what Core adds to it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BackendFileTests : IDisposable
{
    private readonly TestApp _app = new();
    private readonly Dictionary<string, string> _environment = [];

    public void Dispose() => _app.Dispose();

    [Test]
    public void S3_with_a_bucket_alone_gets_key_region_and_lock()
    {
        BackendPlace place = Place("{backend: s3, config: {bucket: my-tfgrid-state}}");

        Assert.That(BackendFile.Text(place.Kind, place.Infrastructure), Is.EqualTo("""
            {
              "terraform": {
                "backend": {
                  "s3": {
                    "bucket": "my-tfgrid-state",
                    "region": "us-east-1",
                    "use_lockfile": true,
                    "key": "tfgrid-compose/wiki/prod/terraform.tfstate"
                  }
                }
              }
            }

            """));
        Assert.That(Record(place), Is.EqualTo("""{"bucket":"my-tfgrid-state","region":"us-east-1","use_lockfile":true,"key":"tfgrid-compose/wiki/prod/record.tfstate"}"""));
        Assert.That(place.Location, Is.EqualTo("s3://my-tfgrid-state/tfgrid-compose/wiki/prod/terraform.tfstate"));
    }

    [Test]
    public void S3_with_a_table_locks_there_and_keeps_what_was_written()
    {
        BackendPlace place = Place("{backend: s3, config: {bucket: b, key: mine, region: eu-west-1, dynamodb_table: locks}}");

        Assert.That(Own(place), Is.EqualTo("""{"bucket":"b","key":"mine","region":"eu-west-1","dynamodb_table":"locks"}"""));
        Assert.That(Record(place), Does.Contain("\"key\":\"mine.record\""));
    }

    [Test]
    public void The_environments_region_comes_before_the_default()
    {
        _environment["AWS_REGION"] = "eu-central-1";
        Assert.That(Own(Place("{backend: s3, config: {bucket: b}}")), Does.Contain("\"region\":\"eu-central-1\""));
    }

    [Test]
    public void An_S3_compatible_server_is_not_asked_for_what_only_Amazon_has()
    {
        _environment["AWS_ENDPOINT_URL_S3"] = "http://127.0.0.1:9000";

        Assert.That(Own(Place("{backend: s3, config: {bucket: b, skip_region_validation: false}}")), Is.EqualTo(
            """{"bucket":"b","skip_region_validation":false,"region":"us-east-1","use_lockfile":true,"skip_credentials_validation":true,"skip_metadata_api_check":true,"skip_requesting_account_id":true,"use_path_style":true,"key":"tfgrid-compose/wiki/prod/terraform.tfstate"}"""));
        _environment.Clear();
        BackendPlace named = Place("{backend: s3, config: {bucket: b, endpoints: {s3: 'http://s3.lan'}}}");
        Assert.That(Own(named), Does.Contain("\"use_path_style\":true"));
        Assert.That(named.Location, Does.StartWith("http://s3.lan s3://b/"));
    }

    [TestCase("{backend: pg}", """{"schema_name":"tfgrid-compose/wiki/prod"}""", """{"schema_name":"tfgrid-compose/wiki/prod.record"}""")]
    [TestCase("{backend: pg, config: {schema_name: mine}}", """{"schema_name":"mine"}""", """{"schema_name":"mine.record"}""")]
    [TestCase("{backend: consul, config: {address: 'c:8500'}}", """{"address":"c:8500","path":"tfgrid-compose/wiki/prod/terraform"}""", """{"address":"c:8500","path":"tfgrid-compose/wiki/prod/record"}""")]
    [TestCase("{backend: gcs, config: {bucket: b}}", """{"bucket":"b","prefix":"tfgrid-compose/wiki/prod/terraform"}""", """{"bucket":"b","prefix":"tfgrid-compose/wiki/prod/record"}""")]
    [TestCase(
        "{backend: azurerm, config: {storage_account_name: s, container_name: c}}",
        """{"storage_account_name":"s","container_name":"c","key":"tfgrid-compose/wiki/prod/terraform.tfstate"}""",
        """{"storage_account_name":"s","container_name":"c","key":"tfgrid-compose/wiki/prod/record.tfstate"}""")]
    [TestCase("{backend: kubernetes, config: {namespace: n}}", """{"namespace":"n","secret_suffix":"tfc-wiki-prod-7df62c85"}""", """{"namespace":"n","secret_suffix":"tfc-wiki-prod-7df62c85-record"}""")]
    [TestCase(
        "{backend: http, config: {address: 'https://git.lan/state/', lock_method: POST}}",
        """{"address":"https://git.lan/state/tfgrid-compose.wiki.prod","lock_method":"POST","lock_address":"https://git.lan/state/tfgrid-compose.wiki.prod/lock","unlock_address":"https://git.lan/state/tfgrid-compose.wiki.prod/lock"}""",
        """{"address":"https://git.lan/state/tfgrid-compose.wiki.prod.record","lock_method":"POST","lock_address":"https://git.lan/state/tfgrid-compose.wiki.prod.record/lock","unlock_address":"https://git.lan/state/tfgrid-compose.wiki.prod.record/lock"}""")]
    [TestCase(
        "{backend: http, config: {address: 'https://a.lan', lock_address: 'https://b.lan/', unlock_address: 'https://c.lan'}}",
        """{"address":"https://a.lan/tfgrid-compose.wiki.prod","lock_address":"https://b.lan/tfgrid-compose.wiki.prod","unlock_address":"https://c.lan/tfgrid-compose.wiki.prod"}""",
        """{"address":"https://a.lan/tfgrid-compose.wiki.prod.record","lock_address":"https://b.lan/tfgrid-compose.wiki.prod.record","unlock_address":"https://c.lan/tfgrid-compose.wiki.prod.record"}""")]
    public void Each_backend_gets_what_the_user_left_out(string state, string own, string record)
    {
        BackendPlace place = Place(state);

        Assert.That((Own(place), Record(place)), Is.EqualTo((own, record)));
    }

    [Test]
    public void The_file_is_its_owners_alone()
    {
        BackendPlace place = Place("{backend: pg}");
        BackendFile.Write(_app.Folder, place.Kind, place.Infrastructure);

        Assert.That(
            File.GetUnixFileMode(Path.Combine(_app.Folder, BackendFile.Name)),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(BackendFile.IsIn(_app.Folder));
    }

    private BackendPlace Place(string state)
    {
        StateBackend backend = _app.Load($"name: wiki\npattern: single-vm\nstate: {state}\n").Manifest.State!;
        return BackendDerivation.Of(backend, new DeploymentKey("wiki", "prod"), _environment.GetValueOrDefault);
    }

    private static string Own(BackendPlace place) => place.Infrastructure.ToJsonString();

    private static string Record(BackendPlace place) => place.Record.ToJsonString();
}
