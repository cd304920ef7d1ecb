using TfgridCompose.Core.Terraform;

namespace TfgridCompose.Core.Tests.Terraform;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TerraformMessagesTests
{
    private readonly TerraformMessages _messages = new();

    [Test]
    public void Planned_changes_are_collected()
    {
        _messages.Take("""{"type":"planned_change","change":{"resource":{"addr":"grid_deployment.vm"},"action":"replace"}}""");
        _messages.Take("""{"type":"planned_change","change":{"resource":{"addr":"grid_network.net"},"action":"create"}}""");

        Assert.That(_messages.Planned, Is.EqualTo([new ResourceChange("grid_deployment.vm", "replace"), new ResourceChange("grid_network.net", "create")]));
    }

    [TestCase("""{"severity":"error","summary":"no room"}""", "no room")]
    [TestCase("""{"severity":"error","summary":"no room","detail":"on node 2","address":"grid_deployment.vm"}""", "no room: on node 2 (grid_deployment.vm)")]
    [TestCase("""{"severity":"error","summary":"s","detail":"","range":{"filename":"main.tf","start":{"line":7}}}""", "s at main.tf:7")]
    [TestCase("""{"severity":"error","summary":"s","range":null}""", "s")]
    public void An_error_is_one_text(string diagnostic, string text)
    {
        _messages.Take($$"""{"type":"diagnostic","diagnostic":{{diagnostic}}}""");

        Assert.That(_messages.Errors, Is.EqualTo([text]));
    }

    [TestCase("""{"type":"apply_complete","@message":"vm: done"}""", "vm: done")]
    [TestCase("""{"type":"apply_start","@message":"vm: begins"}""", "vm: begins")]
    [TestCase("""{"type":"diagnostic","diagnostic":{"severity":"warning","summary":"old"}}""", null)]
    [TestCase("""{"type":"version","@message":"Terraform 1.9"}""", null)]
    [TestCase("{}", null)]
    [TestCase("panic: not JSON", "panic: not JSON")]
    [TestCase("", null)]
    public void What_is_shown_of_a_line(string line, string? shown)
    {
        Assert.That(_messages.Take(line), Is.EqualTo(shown));
        Assert.That(_messages.Errors, Is.Empty);
    }
}
