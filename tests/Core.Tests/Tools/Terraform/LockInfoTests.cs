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

    [TestCase("node 2 refused")]
    [TestCase("Lock Info:\n  Who: ann\n")]
    public void Another_error_holds_none(string text) => Assert.That(LockInfo.In(text), Is.Null);
}
