namespace TfgridCompose.Cli.Verbs;

/// <summary>The options that every verb takes, before or after it.</summary>
public sealed record GlobalOptions
{
    public string? Grid { get; init; }

    public bool Debug { get; init; }

    /// <summary><c>text</c> or <c>json</c>; null if not given.</summary>
    public string? Output { get; init; }

    public bool Json => Output == "json";

    public bool NonInteractive { get; init; }

    public bool Help { get; init; }

    public bool Version { get; init; }
}
