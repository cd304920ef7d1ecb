using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TfgridCompose.Architecture.Tests;

public sealed class SourceFileTests
{
    private const int LongestFile = 300;
    private const int WidestLine = 140;

    // LocalGrid is left out: its control verbs answer on the console, and the provider's handshake is a line of it.
    private static readonly string[] Programs = ["Cli/Program.cs", "Patterns.Sdk/DescriptorWriter/Program.cs"];

    [Test]
    public void No_source_file_is_longer_than_300_lines()
    {
        Assert.That(
            Repository.Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
                .Select(file => (file, Lines: File.ReadLines(Repository.In(file)).Count()))
                .Where(each => each.Lines > LongestFile),
            Is.Empty);
    }

    /// <summary>A raw string is data: its lines are as wide as they are.</summary>
    [Test]
    public void No_line_has_more_than_140_columns()
    {
        string[] found = [.. Repository.Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(WideLines)];

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void Only_programs_touch_the_console()
    {
        string[] found =
        [
            .. from project in new[] { "Core", "Cli", "Patterns.Sdk" }
               from source in SourceCode.Of(project)
               where !Programs.Contains(source.File)
               from access in source.Tree.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
               where access.Expression.ToString() is "Console" or "System.Console"
               select $"{source.File}: {access}",
        ];

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void Nothing_blocks_a_thread_to_pass_time()
    {
        string[] found =
        [
            .. from project in new[] { "Core", "Cli", "Patterns.Sdk" }
               from source in SourceCode.Of(project)
               from access in source.Tree.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
               where access.Name.ToString() is "Sleep"
                   && access.Expression.ToString() is "Thread" or "System.Threading.Thread"
               select $"{source.File}: {access}",
        ];

        Assert.That(found, Is.Empty, "a wait of the product is asynchronous");
    }

    [Test]
    public void Every_wait_takes_a_clock_and_a_token()
    {
        string[] found =
        [
            .. from project in new[] { "Core", "Cli", "Patterns.Sdk" }
               from source in SourceCode.Of(project)
               from call in source.Tree.DescendantNodes().OfType<InvocationExpressionSyntax>()
               where call.Expression.ToString() == "Task.Delay" && call.ArgumentList.Arguments.Count < 3
               select $"{source.File}: {call}",
        ];

        Assert.That(found, Is.Empty, "a wait of the product takes a TimeProvider and a token");
    }

    [Test]
    public void Files_are_read_by_what_refuses_a_named_pipe_at_once()
    {
        string[] found =
        [
            .. from project in new[] { "Core", "Cli" }
               from source in SourceCode.Of(project)
               from call in source.Tree.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
               where call.ToString() is var name
                   && (name.StartsWith("File.Read", StringComparison.Ordinal) || name is "File.OpenRead" or "File.OpenText")
               select $"{source.File}: {call}",
        ];

        Assert.That(found, Is.Empty, "PlainFile reads, and does not wait for ever");
    }

    private static IEnumerable<string> WideLines(string file)
    {
        string text = File.ReadAllText(Repository.In(file));
        (int Index, string Item)[] wide = [.. text.Split('\n').Index().Where(line => line.Item.Length > WidestLine)];
        if (wide.Length == 0)
        {
            return [];
        }

        IReadOnlySet<int> data = SourceCode.RawStringLines(text);
        return wide.Where(line => !data.Contains(line.Index)).Select(line => $"{file}:{line.Index + 1}: {line.Item.Length}");
    }
}
