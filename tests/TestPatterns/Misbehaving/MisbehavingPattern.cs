using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.TestPatterns.Misbehaving;

/// <summary>
/// A pattern with the fault that the file <c>behaviour</c> next to its assembly names; without that file it has none.
/// </summary>
[ExportPattern("misbehaving", "1.0.0", "Behaves as the file next to it says.")]
public sealed class MisbehavingPattern : Pattern
{
    public MisbehavingPattern() => Do("constructor");

    public override PatternDeclaration Declaration { get; } = new();

    public override IReadOnlyList<PatternFile> Files => [new("infrastructure/main.tf", () => new MemoryStream())];

    public override Topology Topology(TopologyRequest request)
    {
        Do("topology");
        return new Topology();
    }

    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) =>
        new Dictionary<string, object?>();

    private static void Do(string place)
    {
        string file = Path.Combine(
            Path.GetDirectoryName(typeof(MisbehavingPattern).Assembly.Location) ?? "", "behaviour");
        string wanted = File.Exists(file) ? File.ReadAllText(file).Trim() : "";
        if (wanted == $"hang in {place}")
        {
            Thread.Sleep(Timeout.Infinite);
        }
        else if (wanted == $"exit in {place}")
        {
            Environment.Exit(42);
        }
        else if (wanted == $"leave in {place}")
        {
            Environment.Exit(0);
        }
        else if (wanted == $"overflow in {place}")
        {
            Overflow(1);
        }
        else if (wanted == $"print in {place}")
        {
            Console.WriteLine("hello from a pattern");
        }
        else if (wanted == $"thread in {place}")
        {
            var thread = new Thread(() => throw new InvalidOperationException("on a thread of its own"));
            thread.Start();
            thread.Join();
        }
    }

    private static long Overflow(long depth) => Overflow(depth + 1) + depth;
}
