using System.Text;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tests.Foundation.Processes;

public sealed class SecretMaskTests
{
    private const string Hard = "it's a \"pass\\word\" & $more";

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

    [TestCase("abc", "pin=abc; abcd, xabc", "pin=***; abcd, xabc", TestName = "three letters as a word of their own")]
    [TestCase("ab", "ab", "ab", TestName = "two letters are no secret")]
    [TestCase("abc", "\"pin\":\"abc\" 'abc' pin: abc", "\"pin\":\"***\" '***' pin: ***", TestName = "three letters where a value is")]
    [TestCase("run", "dry_run: --dry-run, app.run runs; run it again", "dry_run: --dry-run, app.run runs; run it again",
        TestName = "three letters in words and as a word of a sentence")]
    [TestCase("x7Q", "it is x7Q here, not x7Q-1", "it is *** here, not x7Q-1", TestName = "three characters that are no word")]
    public void A_short_secret_is_masked_as_a_word(string secret, string text, string masked)
    {
        var mask = new SecretMask();
        mask.Add(secret);

        Assert.That(mask.Apply(text), Is.EqualTo(masked));
    }

    [Test]
    public void Lines_of_a_secret_without_letters_are_no_secrets()
    {
        var mask = new SecretMask();
        mask.Add("---\nuser: someone\n});\n---\n");

        Assert.That(mask.Apply("--- a\n});"), Is.EqualTo("--- a\n});"));
        Assert.That(mask.Apply("user: someone"), Is.EqualTo("***"));
    }

    // As the shell, printf %q, JSON, a URL and base64 write it.
    [TestCase("'it'\\''s a \"pass\\word\" & $more'", "'***'")]
    [TestCase("'it'\"'\"'s a \"pass\\word\" & $more'", "'***'")]
    [TestCase("\"it's a \\\"pass\\\\word\\\" & \\$more\"", "\"***\"")]
    [TestCase("it\\'s\\ a\\ \\\"pass\\\\word\\\"\\ \\&\\ \\$more", "***")]
    [TestCase("{\"p\":\"it's a \\\"pass\\\\word\\\" & $more\"}", "{\"p\":\"***\"}")]
    [TestCase("{\"p\":\"it\\u0027s a \\u0022pass\\\\word\\u0022 \\u0026 $more\"}", "{\"p\":\"***\"}")]
    [TestCase("p=it%27s%20a%20%22pass%5Cword%22%20%26%20%24more&q", "p=***&q")]
    [TestCase("p=it%27s+a+%22pass%5Cword%22+%26+%24more&q", "p=***&q")]
    public void A_secret_is_masked_however_it_is_written(string text, string masked)
    {
        var mask = new SecretMask();
        mask.Add(Hard);

        Assert.That(mask.Apply(text), Is.EqualTo(masked));
    }

    // Only its last byte or two are seen: with a line feed behind them they are coded in another way.
    [TestCase("")]
    [TestCase("\n")]
    public void A_secret_is_masked_in_base64(string end)
    {
        var mask = new SecretMask();
        mask.Add(Hard);

        string code = Convert.ToBase64String(Encoding.UTF8.GetBytes(Hard + end));

        Assert.That(mask.Apply(code), Does.StartWith("***").And.Length.LessThan(9));
    }

    [Test]
    public void A_private_key_is_masked_line_by_line_and_in_wrapped_base64()
    {
        string body = string.Concat(Enumerable.Range(0, 20).Select(i => $"line{i:D2}abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ\n"));
        string key = $"-----BEGIN KEY-----\n{body}-----END KEY-----\n";
        var mask = new SecretMask();
        mask.Add(key);

        string code = Convert.ToBase64String(Encoding.UTF8.GetBytes(key));
        string[] wrapped = [.. code.Chunk(76).Select(piece => new string(piece))];

        Assert.That(mask.Apply("> line07abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ"), Is.EqualTo("> ***"));
        Assert.That(wrapped.SkipLast(1).Select(mask.Apply), Is.All.EqualTo("***"));
    }

    // Nobody knows it before it is printed: the grid's provider makes it.
    [TestCase("PrivateKey = KEY", "PrivateKey = ***")]
    [TestCase("[Interface]\\nprivatekey=KEY\\nAddress", "[Interface]\\nprivatekey=***\\nAddress")]
    [TestCase("{\"external_sk\":\"KEY\"}", "{\"external_sk\":\"***\"}")]
    [TestCase("PresharedKey = KEY PrivateKey = KEY", "PresharedKey = *** PrivateKey = ***")]
    [TestCase("PublicKey = KEY", "PublicKey = KEY")]
    [TestCase("PrivateKey = none, and nothing that is as long as a key", "PrivateKey = none, and nothing that is as long as a key")]
    [TestCase("PrivateKey", "PrivateKey")]
    public void A_WireGuard_key_is_masked_by_its_name(string text, string masked)
    {
        string key = Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(i => (byte)(i * 7))]);

        Assert.That(
            new SecretMask().Apply(text.Replace("KEY", key, StringComparison.Ordinal)),
            Is.EqualTo(masked.Replace("KEY", key, StringComparison.Ordinal)));
    }

    [TestCase("hunter22", "abcdefghijklmnop hunt")]
    [TestCase("hunter22", "abcdefghijk hunter22h")]
    [TestCase("abab", "xxxxxxxxxxxabababab")]
    public void A_long_line_is_not_cut_within_a_secret(string secret, string text)
    {
        var mask = new SecretMask();
        mask.Add(secret);

        int cut = mask.CutOf(text);

        Assert.That(cut, Is.GreaterThan(0));
        Assert.That(mask.Apply(text[..cut]) + mask.Apply(text[cut..] + "er22"), Does.Not.Contain(secret).And.Not.Contain("hunter"));
    }
}
