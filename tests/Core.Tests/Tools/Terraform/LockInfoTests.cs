using TfgridCompose.Core.Tools.Terraform;

namespace TfgridCompose.Core.Tests.Tools.Terraform;

public sealed class LockInfoTests
{
    private static readonly LockInfo Expected = new(
        "11111111-2222-3333-4444-555555555555",
        "ann@laptop",
        "2026-01-01 00:00:00 +0000 UTC",
        "OperationTypeApply");

    [Test]
    public void It_is_read_from_a_json_lines_detail() => Assert.That(LockInfo.In(
        "Error acquiring the state lock: Error message: operation error DynamoDB: PutItem\nLock Info:\n  ID:        "
            + "11111111-2222-3333-4444-555555555555\n  Path:      x\n  Operation: OperationTypeApply\n  Who:       ann@laptop\n  "
                + "Version:   1.11.4\n  Created:   2026-01-01 00:00:00 +0000 UTC\n  Info:      \n\n\nTerraform acquires"),
        Is.EqualTo(Expected));

    [Test]
    public void It_is_read_from_a_framed_message() => Assert.That(LockInfo.In("""
        │ Error: Error acquiring the state lock
        │ Lock Info:
        │   ID:        11111111-2222-3333-4444-555555555555
        │   Operation: OperationTypeApply
        │   Who:       ann@laptop
        │   Created:   2026-01-01 00:00:00 +0000 UTC
        │
        """), Is.EqualTo(Expected));

    [Test]
    public void The_http_backend_names_the_held_lock_by_its_id_alone()
    {
        LockInfo held = LockInfo.In(
            "Error acquiring the state lock: Error message: HTTP remote state already locked: ID=real-id\nLock Info:\n"
                + "  ID:        the-askers-own\n  Who:       ann@laptop\n  Created:   2026-01-01 00:00:00 +0000 UTC\n")!;

        Assert.That((held.Id, held.IsUnknown, held.Since), Is.EqualTo(("real-id", true, (DateTimeOffset?)null)));
        Assert.That(held.Holder, Is.EqualTo("an unknown holder (lock real-id)"));
    }

    [Test]
    public void Its_computer_and_time_can_be_read()
    {
        LockInfo held = Expected with { Created = "2026-01-02 03:04:05.678901234 +0000 UTC", Who = "ann@b@laptop.example" };

        Assert.That(
            (held.Host, held.Since),
            Is.EqualTo(("laptop.example", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero))));
    }

    [TestCase("node 2 refused")]
    [TestCase("Lock Info:\n  Who: ann\n")]
    public void Another_error_holds_none(string text) => Assert.That(LockInfo.In(text), Is.Null);
}
