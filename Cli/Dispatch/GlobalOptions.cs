namespace TfgridCompose.Cli.Dispatch;

/// <summary>The options that every verb takes, before or after it.</summary>
public sealed record GlobalOptions
{
    public string? Grid { get; init; }

    public bool Debug { get; init; }

    public bool Json { get; init; }

    public bool NonInteractive { get; init; }

    public bool Help { get; init; }

    public bool Version { get; init; }
}
