using TfgridCompose.Core.Tools.Terraform;

namespace TfgridCompose.Core.Tests.Tools.Terraform;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TerraformMessagesTests
{
    private readonly TerraformMessages _messages = new();

    [TestCase("""{"type":"planned_change","change":{"resource":{"addr":"grid_deployment.vm"},"action":"replace"}}""", true)]
    [TestCase("""{"type":"outputs","outputs":{"a":{"sensitive":false,"action":"noop"},"b":{"sensitive":false,"action":"update"}}}""", true)]
    [TestCase("""{"type":"outputs","outputs":{"a":{"sensitive":false,"action":"noop"}}}""", false)]
    [TestCase("""{"type":"outputs","outputs":{"a":{"sensitive":false,"type":"string","value":"after an apply"}}}""", false)]
    [TestCase("""{"type":"change_summary","changes":{"add":0}}""", false)]
    public void Whether_a_plan_found_anything(string line, bool any)
    {
        _messages.Take(line);

        Assert.That(_messages.PlansAnything, Is.EqualTo(any));
    }

    [Test]
    public void What_changed_outside_is_collected()
    {
        _messages.Take("""{"type":"resource_drift","change":{"resource":{"addr":"grid_deployment.vm"},"action":"delete"}}""");

        Assert.That(_messages.Drift, Is.EqualTo([("grid_deployment.vm", "delete")]));
        Assert.That(_messages.PlansAnything, Is.False);
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
    [TestCase("[1]", "[1]")]
    [TestCase("7", "7")]
    [TestCase("""{"type":"resource_drift"}""", """{"type":"resource_drift"}""")]
    [TestCase("""{"type":"diagnostic","diagnostic":"x"}""", """{"type":"diagnostic","diagnostic":"x"}""")]
    [TestCase("""{"type":"outputs","outputs":7}""", """{"type":"outputs","outputs":7}""")]
    public void What_is_shown_of_a_line(string line, string? shown)
    {
        Assert.That(_messages.Take(line), Is.EqualTo(shown));
        Assert.That(_messages.Errors, Is.Empty);
    }
}
