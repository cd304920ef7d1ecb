using System.Reflection;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>How to start this very program again, for what must not run inside this process.</summary>
/// <param name="Words">The program, and the arguments that come before the verb.</param>
public sealed record OwnProgram(IReadOnlyList<string> Words)
{
    /// <summary>The running executable; an assembly that <c>dotnet</c> runs is named to it again.</summary>
    public static OwnProgram OfThisProcess()
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("the running program has no path");
        return Path.GetFileNameWithoutExtension(program) == "dotnet" && Assembly.GetEntryAssembly()?.Location is { Length: > 0 } assembly
            ? new([program, assembly])
            : new([program]);
    }

    public ToolCommand Command(params IReadOnlyList<string> arguments) => new(Words[0], [.. Words.Skip(1), .. arguments]);
}
