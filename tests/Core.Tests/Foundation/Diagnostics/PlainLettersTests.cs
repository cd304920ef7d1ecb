using System.Text.Json;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Foundation.Diagnostics;

/// <summary>
/// The SDK refuses an output for the same letters as the record that keeps it: otherwise a deployment comes up whose record
/// nobody can read.
/// </summary>
public sealed class PlainLettersTests
{
    [Test]
    public void The_sdk_and_the_record_agree_on_every_letter()
    {
        string[] unlike = [.. Enumerable.Range(0, char.MaxValue + 1)
            .Select(code => (char)code)
            .Where(letter => !char.IsSurrogate(letter))
            .Where(letter => IsOutput($"a{letter}b") != PlainText.IsPlain($"a{letter}b"))
            .Select(letter => $"U+{(int)letter:x4}")];

        Assert.That(unlike, Is.Empty);
    }

    private static bool IsOutput(string text)
    {
        var outputs = new Dictionary<string, JsonElement> { ["name"] = JsonSerializer.SerializeToElement(text) };
        return new OutputReader(outputs, "10.42.0.0/16").RequiredLine("name") is not null;
    }
}
