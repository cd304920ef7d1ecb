using System.Collections;
using System.Reflection;
using System.Text.Json;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Tools.Variables;

namespace TfgridCompose.Core.Tests.Records.Deployments;

/// <summary>
/// What is read by hand, and what is written by hand, is what the serializer would read and write: no member is
/// forgotten.
/// </summary>
public sealed class HandReaderTests
{
    [Test]
    public void Every_member_of_a_record_comes_back()
    {
        var record = (DeploymentRecord)Filled(typeof(DeploymentRecord));
        string written = JsonSerializer.Serialize(record, RecordJson.Default.DeploymentRecord);

        Assert.That(JsonSerializer.Serialize(RecordReader.Read(written), RecordJson.Default.DeploymentRecord), Is.EqualTo(written));
        Assert.That(written, Does.Contain("\"replacing\"").And.Contain("\"connection_info\""), "the record is filled");
    }

    [Test]
    public void A_record_with_the_least_is_what_the_serializer_makes_of_it()
    {
        string least = """{"id":"a","name":"n","app_name":"n","app_path":"/a","pattern_name":"p","grid":"local","created_at":"2026-01-02T03:04:05+00:00","updated_at":"2026-01-02T03:04:05+00:00","ip_range":"10.1.0.0/16","seed":"00"}""";

        Assert.That(
            JsonSerializer.Serialize(RecordReader.Read(least), RecordJson.Default.DeploymentRecord),
            Is.EqualTo(JsonSerializer.Serialize(
                JsonSerializer.Deserialize(least, RecordJson.Default.DeploymentRecord),
                RecordJson.Default.DeploymentRecord)));
    }

    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"id":7}""")]
    [TestCase("""{"id":"\ud800"}""")]
    public void What_is_no_record_is_refused(string text) => Assert.That(() => RecordReader.Read(text), Throws.InstanceOf<JsonException>());

    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"at":"2026-01-02T03:04:05+00:00","verb":"\ud800","result":"Done"}""")]
    public void What_is_no_journals_line_is_refused(string text) =>
        Assert.That(() => JournalLineReader.Read(text), Throws.InstanceOf<JsonException>());

    [Test]
    public void Every_member_of_a_journals_line_comes_back()
    {
        var entry = (JournalEntry)Filled(typeof(JournalEntry));
        string written = JsonSerializer.Serialize(entry, JournalJson.Default.JournalEntry);

        Assert.That(JournalLineReader.Read(written), Is.EqualTo(entry));
        Assert.That(
            Enum.GetValues<JournalResult>().Select(result => JournalLineReader.Read(
                JsonSerializer.Serialize(entry with { Result = result }, JournalJson.Default.JournalEntry)).Result),
            Is.EqualTo(Enum.GetValues<JournalResult>()));
    }

    [Test]
    public void A_locks_holder_is_written_as_the_serializer_writes_it()
    {
        var holder = new LockHolder(
            "ann",
            "here",
            7,
            "tfgrid-compose up \"my app\"",
            new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

        Assert.That(holder.ToJson(), Is.EqualTo(JsonSerializer.Serialize(holder, LockJson.Default.LockHolder)));
    }

    [Test]
    public void A_patterns_values_are_written_as_the_serializer_writes_them()
    {
        var values = new Dictionary<string, object?>
        {
            ["text"] = "a \"quoted\" <text> & ümlaut",
            ["flag"] = true,
            ["whole"] = 7,
            ["long"] = 7L,
            ["fraction"] = 1.5,
            ["none"] = null,
            ["texts"] = new[] { "a", "b" },
            ["numbers"] = new[] { 1, 2 },
            ["empty"] = Array.Empty<string>(),
            ["list"] = new List<string> { "x" },
            ["objects"] = new object?[] { "a", 1, null, new Dictionary<string, object?> { ["deep"] = false } },
            ["map"] = new Dictionary<string, object?>(),
            ["strings"] = new Dictionary<string, string> { ["k"] = "v" },
            ["shape"] = new { Name = "n", Size = 3 },
        };

        Assert.That(PatternValueJson.Of(values), Is.EqualTo(JsonSerializer.Serialize(values, PatternValueJson.Options)));
    }

    // Every settable member gets a value that is not its default.
    private static object Filled(Type type)
    {
        if (type == typeof(string))
        {
            return "text";
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).GetValue(1)!;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Filled(underlying);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            return new Dictionary<string, string> { ["key"] = "value" };
        }

        if (type.IsGenericType)
        {
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GetGenericArguments()))!;
            list.Add(Filled(type.GetGenericArguments()[0]));
            return list;
        }

        return Scalar(type) ?? Object(type);
    }

    private static object? Scalar(Type type) => type == typeof(int) ? 7 : type == typeof(long) ? 8L : type == typeof(bool) ? true
        : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) : null;

    private static object Object(Type type)
    {
        ConstructorInfo maker = type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First();
        object made = maker.Invoke([.. maker.GetParameters().Select(parameter => Filled(parameter.ParameterType))]);
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.SetMethod is not null))
        {
            property.SetValue(made, Filled(property.PropertyType));
        }

        return made;
    }
}
