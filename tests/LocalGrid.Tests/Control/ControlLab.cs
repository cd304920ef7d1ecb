using System.Text.Json;
using TfgridCompose.LocalGrid.Control;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Tests.Engine;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Control;

/// <summary>The verbs in this process, over a world on a computer that is a folder.</summary>
internal sealed class ControlLab : IDisposable
{
    public EngineLab Grid { get; } = new();

    public FakeComputer Computer => Grid.Computer;

    public GridWorld World => Grid.World;

    /// <summary>Where the world is; null: in the computer's own folder.</summary>
    public WorldStore? Store { get; set; }

    public Result Run(string[] args, string input = "")
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var program = new ControlProgram(Store ?? Computer.Store, Computer.Computer, new Streams(new StringReader(input), output, errors));
        int exitCode = program.Run(args);
        return new Result(exitCode, output.ToString(), errors.ToString());
    }

    public Result Run(string line) => Run(line.Split(' '));

    public void Dispose() => Grid.Dispose();

    internal sealed record Result(int ExitCode, string Output, string Errors)
    {
        public JsonElement Json => JsonDocument.Parse(Output).RootElement;

        public IEnumerable<string?> Removed => Json.GetProperty("removed").EnumerateArray().Select(left => left.GetString());
    }
}
