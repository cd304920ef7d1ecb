namespace TfgridCompose.Tests.Shared.Attack;

/// <summary>Words that act where they are not taken for data.</summary>
internal static class HostileWords
{
    /// <summary>Part of the name of every file that one of them would make.</summary>
    public const string Marker = "tfc-canary-7f3a";

    /// <summary>In a JSON document: half of a surrogate pair, which no .NET string can write.</summary>
    public const string HalfPair = "\uE000";

    public static readonly string[] Paths =
    [
        $"../{Marker}", $"../../{Marker}", $"../../../{Marker}", $"../../../../../../{Marker}", $"/tmp/{Marker}", $"/etc/{Marker}",
        "..", ".", "../..", "/", "//", "~", $"~/{Marker}", "canary", "../canary", "../../canary", "../canary.tf", "../../../.ssh",
        "../deployments/abc123xyz", "..\\..\\x", $"./{Marker}", $"a/../../{Marker}", $"terraform/../../{Marker}", "/dev/zero",
        "/proc/self/mem", "/etc/passwd", "file:///etc/passwd", ".git/hooks/x", "con", $"{Marker}/", " ", "",
    ];

    public static readonly string[] Options =
    [
        $"-oProxyCommand=touch /tmp/{Marker};", "-F/etc/passwd", "--", "-", "-i", "--help", "-v", "-e", $"--config=/tmp/{Marker}",
        "-J x", "-rf", "-c", "--use-compress-program=id", "-oPermitLocalCommand=yes",
    ];

    public static readonly string[] Shell =
    [
        $"$(touch /tmp/{Marker})", $"`touch /tmp/{Marker}`", $"; touch /tmp/{Marker};", $"| touch /tmp/{Marker}",
        $"' touch /tmp/{Marker} '",
        $"\" touch /tmp/{Marker} \"", "$HOME", "${HOME}", "$'\\n'", "!!", "*", "?", "~root", ">x", "<x", "&", "&&", "||", "\\", "'", "\"",
        "a b", "a\tb", "a'b", "'\\''", "a\\", "#x", "a #x", "%s", "%n", "$$", "$(", "`",
    ];

    public static readonly string[] Templates =
    [
        $"{{{{ lookup('pipe', 'touch /tmp/{Marker}') }}}}", "{% raw %}", "{# x #}", "{{", "}}", "${var.x}", "%{ if true }", "${", "%{",
        "$${x}", "<<EOT", "!unsafe x", "!!python/object/apply:os.system [id]", "@{x}", "[[ x ]]",
    ];

    public static readonly string[] Control =
    [
        "\n", "\r", "\r\n", "\0", "\u001b[2J", "\u001b]0;title\u0007", "\u001b]52;c;eA==\u0007", "\u009b31m", "\b\b\b", "\u007f", "\u0085",
        "\u2028", "\u2029", "\u202e", "\u200b", "\uFEFF", "\t", "\v", "\f", HalfPair, $"{HalfPair}x", "\uFFFF", "\uFFFD",
        "\u0000PostUp = x",
    ];

    public static readonly string[] Lines =
    [
        "\nstatus: running", "\nPostUp = touch /tmp/x", "\n[Interface]\nPostUp = x", "\nlocalhost ansible_connection=local", "\nHost *",
        "\nroute add default via 10.0.0.1", "\nnetns exec x touch /tmp/x", "\r\nX: y", "\n---\n", "\nA=b", "\n[all:vars]\nx=y",
        "\n\n", "\n}",
        " ansible_connection=local", " dev br0", "; flush ruleset", "} flush ruleset {", " nud permanent",
    ];

    public static readonly string[] Addresses =
    [
        "0.0.0.0", "127.0.0.1", "255.255.255.255", "::", "::1", "fe80::1%eth0", "fe80::1%1", "fe80::1%\nx", "400::1%-oX", "fe80::1%$(id)",
        "[::1]:22", "[fe80::1%a b]", "0x7f.1", "017700000001", "2130706433", "10.1", "1", "10.42.1.2/16", "10.42.1.2 dev lo",
        "::ffff:10.42.1.2",
        "10.42.1.2\n", " 10.42.1.2", "10.42.1.2 ", "0.0.0.0/0", "::/0", "10.42.0.0/8", "10.42.0.0/16\n", "fe80::%x/10", "10.0.0.0/0",
        "10.300.1.1", "10.42.1.2.3", "attacker.example.com", "localhost", "1e3", "-1", "10.042.1.2", "٣.1.1.1", "１０.42.1.2", "100.64.1.1%x",
        "300.0.0.0/16", "10.42.0.0/016", "10.42.0.0/33", "::1/129", "10.42.0.0/-1", "224.0.0.1", "169.254.169.254", "ff02::1",
    ];

    public static readonly string[] Numbers =
    [
        "0", "-0", "-1", "1", "2147483647", "2147483648", "-2147483649", "4294967296", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "1e3", "1e308", "1e999", "-1e999", "0.1", "1.0", "1.5e1", "65535", "65536", "99999999999999999999999999",
        "1E400", "0.00000000000000000000000000000001", "123456789012345678901234567890e-20",
    ];

    /// <summary>Raw values of JSON, and of YAML too.</summary>
    public static readonly string[] Values =
    [
        "null", "true", "false", "[]", "{}", "\"\"", "[null]", "[[]]", "[{}]", "{\"\":null}", "[1,\"x\",null,true,{},[]]",
        "{\"a\":{\"a\":{}}}",
        "\"x\"", "\" \"", "[\"\"]", "{\"__proto__\":1}", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "{\"\\ud800\":1}",
    ];

    public static readonly string[] LookAlikes =
        ["аbс123xyz", "ｒｏｏｔ", "rооt", "ß", "ı", "İ", "ﬀ", "é", "e\u0301", "👩‍👩‍👧", "٢", "Ⅷ", "vm\u00ad", "v\u200dm"];

    private static readonly string[][] All = [Paths, Options, Shell, Templates, Control, Lines, Addresses, Numbers, LookAlikes];

    /// <summary>A word of any kind, now and then a very long one.</summary>
    public static string Any(Random random) => random.Next(40) switch
    {
        0 => new string('a', random.Next(200, 70_000)),
        1 => string.Concat(Enumerable.Repeat(Of(random), random.Next(2, 300))),
        2 => Of(random) + Of(random),
        _ => Of(random),
    };

    /// <summary>A value with a hostile word before, behind, inside or in place of it.</summary>
    public static string In(Random random, string value)
    {
        string word = Any(random);
        int at = random.Next(value.Length + 1);
        return random.Next(6) switch
        {
            0 => word + value,
            1 => value + word,
            2 => value[..at] + word + value[at..],
            3 => value[..at] + Pick(random, Control) + value[at..],
            _ => word,
        };
    }

    public static T Pick<T>(Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private static string Of(Random random) => Pick(random, Pick(random, All));
}
