using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tests.Foundation.Processes;

public sealed class SecretMaskTests
{
    [TestCase("token=hunter22!", "token=***!")]
    [TestCase("hunter22hunter22", "******")]
    [TestCase("nothing", "nothing")]
    public void A_secret_is_replaced_wherever_it_stands(string text, string masked)
    {
        var mask = new SecretMask();
        mask.Add("hunter22");

        Assert.That(mask.Apply(text), Is.EqualTo(masked));
    }

    [Test]
    public void The_longer_of_two_goes_first_and_lines_are_masked_one_by_one()
    {
        var mask = new SecretMask();
        mask.Add("pass");
        mask.Add("password");
        mask.Add("first line\n  second line \n");

        Assert.That(mask.Apply("password pass"), Is.EqualTo("*** ***"));
        Assert.That(mask.Apply("> second line <"), Is.EqualTo("> *** <"));
    }

    [Test]
    public void What_is_too_short_to_be_a_secret_is_left()
    {
        var mask = new SecretMask();
        mask.Add("yes");

        Assert.That(mask.Apply("yes, always"), Is.EqualTo("yes, always"));
    }
}
