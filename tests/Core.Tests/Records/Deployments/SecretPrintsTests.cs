using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Core.Tests.Records.Deployments;

public sealed class SecretPrintsTests
{
    [TestCase("s3cret", "s3cret", "***")]
    [TestCase("s3cret", "postgres://me:s3cret@db s3cret.", "postgres://me:***@db ***.")]
    [TestCase("s3cret", "s3cre and S3CRET", "s3cre and S3CRET")]
    [TestCase("pass pass-longer", "pass-longer, pass", "***, ***")]
    [TestCase("gehéim✓", "ist gehéim✓!", "ist ***!")]
    [TestCase("abc", "pin=abc is short, so abcd is another word", "pin=*** is short, so abcd is another word")]
    [TestCase("ab", "ab is too short to be told from other text", "ab is too short to be told from other text")]
    [TestCase("it's-s3cret", "echo 'it'\\''s-s3cret'", "echo '***'")]
    [TestCase("s3cret", "echo czNjcmV0", "echo ***")]
    public void A_secret_is_masked_wherever_it_is(string secrets, string line, string expected) =>
        Assert.That(SecretPrints.Of(With(TestHome.Record(), secrets.Split(' '))).Mask(line), Is.EqualTo(expected));

    [Test]
    public void The_lines_of_a_secret_are_masked_one_by_one() =>
        Assert.That(
            SecretPrints.Of(With(TestHome.Record(), "the first line, rather long\r\n and the second, as long too\n"))
                .Mask("x and the second, as long too the first line, rather long"), Is.EqualTo("x *** ***"));

    // Its print would be guessed, and the print of what is left after that.
    [Test]
    public void A_short_piece_of_a_secret_leaves_no_print()
    {
        IReadOnlyList<SecretPrint> prints = With(TestHome.Record(), "user\npass\n", "hunter22").SecretPrints;

        Assert.That(
            prints.Select(print => print.Length), Is.EquivalentTo([12, 16, 8, 12, 12]), "each as a whole, in base64, with a line feed");
    }

    [Test]
    public void Long_secrets_push_no_earlier_one_out()
    {
        DeploymentRecord record = With(TestHome.Record(), "s3cret");
        for (int i = 0; i < 4; i++)
        {
            record = With(record, string.Concat(Enumerable.Range(0, 28).Select(line => $"{i}{line:D2}+/{new string('k', 59)}\n")));
        }

        Assert.That(record.SecretPrints, Has.Count.LessThan(256));
        Assert.That(
            SecretPrints.Of(record).Mask($"s3cret 307+/{new string('k', 59)} {Convert.ToBase64String("s3cret"u8)}"),
            Is.EqualTo("*** *** ***"));
    }

    [Test]
    public void A_WireGuard_key_is_masked_by_its_name() =>
        Assert.That(
            SecretPrints.Of(TestHome.Record()).Mask($"PrivateKey = {Convert.ToBase64String(new byte[32])}"),
            Is.EqualTo("PrivateKey = ***"));

    [Test]
    public void A_value_that_was_replaced_stays_masked_and_is_kept_once()
    {
        DeploymentRecord record = With(With(With(TestHome.Record(), "old-one"), "new-one"), "new-one");

        Assert.That(SecretPrints.Of(record).Mask("old-one new-one"), Is.EqualTo("*** ***"));
        Assert.That(record.SecretPrints, Has.Count.EqualTo(6), "each as it is and in base64, with a line feed and without");
    }

    [Test]
    public void A_record_does_not_grow_for_ever_and_keeps_the_newest()
    {
        DeploymentRecord record =
            Enumerable.Range(0, 300).Aggregate(TestHome.Record(), (before, i) => With(before, $"value-{i:D3}"));

        Assert.That(record.SecretPrints, Has.Count.EqualTo(512 + 3));
        Assert.That(SecretPrints.Of(record).Mask("value-000 value-299"), Is.EqualTo("value-000 ***"));
    }

    [Test]
    public void A_long_line_is_not_cut_within_a_secret()
    {
        var prints = SecretPrints.Of(With(TestHome.Record(), "hunter22"));
        for (int before = 1; before < 30; before++)
        {
            string line = $"{new string('x', before)}hunter22{new string('y', 20)}"[..29];

            int cut = prints.CutOf(line);

            Assert.That(prints.Mask(line[..cut]) + prints.Mask(line[cut..]), Is.EqualTo(prints.Mask(line)));
        }
    }

    [Test]
    public void Prints_of_another_deployment_say_nothing()
    {
        DeploymentRecord record = With(TestHome.Record(), "s3cret");

        Assert.That(SecretPrints.Of(record with { Seed = new string('1', 64) }).Mask("s3cret"), Is.EqualTo("s3cret"));
    }

    [Test]
    public void A_record_without_secrets_changes_nothing() =>
        Assert.That(SecretPrints.Of(TestHome.Record()).Mask("any text"), Is.EqualTo("any text"));

    private static DeploymentRecord With(DeploymentRecord record, params string[] secrets) =>
        record with { SecretPrints = SecretPrints.With(record, secrets) };
}
