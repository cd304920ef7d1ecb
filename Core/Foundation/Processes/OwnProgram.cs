using System.Reflection;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>How to start this program again, for work that must not run inside this process.</summary>
/// <param name="Words">The program, and the arguments that come before the verb.</param>
public sealed record OwnProgram(IReadOnlyList<string> Words)
{
    /// <summary>The running executable. Under <c>dotnet</c>, the assembly is passed to it again.</summary>
    public static OwnProgram OfThisProcess()
    {
        string program =
            Environment.ProcessPath ?? throw new InvalidOperationException("the running program has no path");
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            && Assembly.GetEntryAssembly()?.Location is { Length: > 0 } assembly
            ? new([program, assembly])
            : new([program]);
    }

    public ToolCommand Command(params IReadOnlyList<string> arguments) =>
        new(Words[0], [.. Words.Skip(1), .. arguments]);
}
