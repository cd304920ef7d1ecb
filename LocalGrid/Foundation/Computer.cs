namespace TfgridCompose.LocalGrid.Foundation;

/// <summary>
/// This computer, as the local grid uses it. Tests replace its root folder, programs, system calls and clock.
/// </summary>
internal sealed record Computer(string Root, IToolRunner Tools, IKernel Kernel, TimeProvider Clock)
{
    public static Computer This { get; } = new("", new ToolRunner(), new Kernel(), TimeProvider.System);

    /// <summary>This program's own file.</summary>
    public string Program { get; init; } = Environment.ProcessPath ?? "tfgrid-localgrid";

    /// <summary>For whom this process works.</summary>
    public Caller Caller { get; init; } = Caller.Current;

    /// <summary>Folders of the PATH.</summary>
    public IReadOnlyList<string> SearchPath { get; init; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The environment variables of this process.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Where warnings go.</summary>
    public TextWriter Warnings { get; init; } = Console.Error;

    public bool HasSystemd => Directory.Exists(At("/run/systemd/system"));

    /// <summary>The absolute path, below the root folder.</summary>
    public string At(string path) => Root + path;
}
