namespace TfgridCompose.Patterns.Sdk;

/// <summary>The data that a pattern declares, so that validation and help need not load its assembly.</summary>
public sealed record PatternDeclaration
{
    /// <summary>
    /// The tools that it requires: <c>terraform</c>, <c>ansible</c>. Networks follow from the topology.
    /// </summary>
    public IReadOnlyList<string> Requires { get; init; } = ["terraform", "ansible"];

    /// <summary>Its manifest keys, in addition to those of all apps.</summary>
    public IReadOnlyList<PatternOption> Options { get; init; } = [];

    /// <summary>The roles of its machines, the primary one first.</summary>
    public IReadOnlyList<RoleDeclaration> Roles { get; init; } = [];

    /// <summary>Its Terraform outputs, in addition to the contract's.</summary>
    public IReadOnlyList<OutputDeclaration> Outputs { get; init; } = [];

    /// <summary>Its commands, which run on its hosts.</summary>
    public IReadOnlyList<CommandDeclaration> Commands { get; init; } = [];
}

/// <summary>A role of machines, for example <c>vm</c> or <c>backend</c>.</summary>
public sealed record RoleDeclaration
{
    /// <summary>Lower-case letters, digits and dashes.</summary>
    public required string Name { get; init; }

    /// <summary>What its machines do.</summary>
    public string Description { get; init; } = "";
}

/// <summary>A Terraform output of a pattern, in addition to the contract's.</summary>
public sealed record OutputDeclaration
{
    /// <summary>The output's name in <c>outputs.tf</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it contains.</summary>
    public string Description { get; init; } = "";
}

/// <summary>A command of a pattern.</summary>
public sealed record CommandDeclaration
{
    /// <summary>Lower-case letters, digits and dashes. A built-in verb of the same name takes precedence.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for the help.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its role: the command runs on the first host of that role.</summary>
    public required string Role { get; init; }

    /// <summary>The program and its fixed arguments. The user's arguments are appended, each one quoted.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>
    /// Whether <c>status</c> runs it too, without further arguments, and shows its output: a few lines, within seconds.
    /// </summary>
    public bool InStatus { get; init; }
}
