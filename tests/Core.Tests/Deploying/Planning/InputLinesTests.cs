using TfgridCompose.Core.Deploying.Planning;

namespace TfgridCompose.Core.Tests.Deploying.Planning;

/// <summary>From the parts of a phase's inputs, then and now, to the names of those that changed.</summary>
public sealed class InputLinesTests
{
    private const string Key = "seed";

    private static readonly InputPart[] Before =
    [
        new(InputKind.Variable, "WHO", "world"),
        new(InputKind.Variable, "GONE", "x"),
        new(InputKind.File, "src/index.html", "hash1"),
        new(InputKind.Setting, "config.memory", "512"),
        new(InputKind.Derived, "VM_IP", "10.1.2.3"),
    ];

    [Test]
    public void What_changed_came_and_went_is_named()
    {
        InputChanges changes = Changes(
            Before,
            [
                new(InputKind.Variable, "WHO", "grid"),
                new(InputKind.File, "src/index.html", "hash2"),
                new(InputKind.File, "src/new.html", "hash3"),
                new(InputKind.Setting, "config.memory", "512"),
                new(InputKind.Derived, "VM_IP", "10.9.9.9"),
            ]);

        Assert.That(changes.Reason, Is.EqualTo("WHO, src/index.html changed; src/new.html added; GONE removed"));
        Assert.That(changes.Names, Is.EqualTo(["WHO", "src/index.html", "src/new.html", "GONE"]));
    }

    [Test]
    public void What_only_follows_is_named_where_nothing_else_changed() =>
        Assert.That(
            Changes(Before, [.. Before[..^1], new(InputKind.Derived, "VM_IP", "10.9.9.9")]).Reason,
            Is.EqualTo("VM_IP changed"));

    [Test]
    public void A_remark_is_a_sentence_of_its_own() =>
        Assert.That(
            Changes(Before, [.. Before, new(InputKind.Remark, "vm may have another version of the app", "")]).Reason,
            Is.EqualTo("vm may have another version of the app"));

    [Test]
    public void Nothing_known_has_the_general_words() =>
        Assert.That(Changes(Before, Before).Reason, Is.EqualTo("its inputs changed"));

    [Test]
    public void Many_names_are_counted()
    {
        InputPart[] many = [.. Enumerable.Range(1, 8).Select(i => new InputPart(InputKind.Setting, $"key{i}", "x"))];

        Assert.That(Changes([], many).Reason, Is.EqualTo("key1, key2, key3, key4, key5 and 3 more added"));
    }

    [Test]
    public void A_variable_and_a_file_may_have_one_name() =>
        Assert.That(
            Changes(
                [new(InputKind.Variable, "WHO", "a"), new(InputKind.File, "WHO", "a")],
                [new(InputKind.Variable, "WHO", "b"), new(InputKind.File, "WHO", "a")]).Names,
            Is.EqualTo(["WHO"]));

    // Anyone who reads the record may try values; a mark of four digits fits one value in 65536.
    [Test]
    public void No_value_is_recorded_and_its_mark_depends_on_the_deployment()
    {
        InputPart[] parts = [new(InputKind.Variable, "API_TOKEN", "hunter2")];
        string line = InputLines.Of(Key, parts).Single();

        Assert.That(line, Does.Match("^[0-9a-f]{4}v API_TOKEN$"));
        Assert.That(InputLines.Of("other seed", parts).Single(), Is.Not.EqualTo(line));
        Assert.That(
            InputLines.Of(Key, [new(InputKind.Variable, "OTHER_TOKEN", "hunter2")]).Single()[..4],
            Is.Not.EqualTo(line[..4]),
            "that two variables have the same value is not shown");
    }

    [Test]
    public void Very_many_files_are_one_part()
    {
        IReadOnlyList<string> lines = InputLines.Of(Key, Files(301, "one"));

        Assert.That(lines.Single(), Does.EndWith("the app's files"));
        Assert.That(
            InputLines.Between(lines, InputLines.Of(Key, Files(301, "two"))).Reason, Is.EqualTo("the app's files changed"));
        Assert.That(InputLines.Of(Key, Files(300, "one")), Has.Count.EqualTo(300));
    }

    [Test]
    public void What_is_too_large_is_not_recorded() =>
        Assert.That(
            InputLines.Of(
                Key,
                [.. Enumerable.Range(0, 300).Select(i => new InputPart(InputKind.Variable, $"V{i}{new string('x', 250)}", ""))]),
            Is.Empty);

    [Test]
    public void Hostile_names_stay_on_one_line() =>
        Assert.That(
            InputLines.Of(Key, [new(InputKind.File, "a\n\u001b[31mb", "x")]).Single(),
            Does.Not.Contain("\n").And.Not.Contain("\u001b"));

    [Test]
    public void Damaged_lines_name_nothing() =>
        Assert.That(
            InputLines.Between(["", "1a2b", "1a2bz what", "1a2bv"], InputLines.Of(Key, Before[..1])).Reason,
            Is.EqualTo("WHO added"));

    private static InputPart[] Files(int count, string content) =>
        [.. Enumerable.Range(0, count).Select(i => new InputPart(InputKind.File, $"src/{i}", content))];

    private static InputChanges Changes(InputPart[] before, InputPart[] now) =>
        InputLines.Between(InputLines.Of(Key, before), InputLines.Of(Key, now));
}
