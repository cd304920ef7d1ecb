namespace TfgridCompose.Patterns.Sdk;

/// <summary>What a pattern declares as data, so that validation and help need no assembly.</summary>
public sealed record PatternDeclaration
{
    /// <summary>Tools and grid features it always requires: <c>terraform</c>, <c>ansible</c>. Networks are derived from the topology.</summary>
    public IReadOnlyList<string> Requires { get; init; } = ["terraform", "ansible"];

    /// <summary>The manifest keys that it understands beside the ones common to all apps.</summary>
    public IReadOnlyList<PatternOption> Options { get; init; } = [];

    /// <summary>The roles of its machines, the primary one first.</summary>
    public IReadOnlyList<RoleDeclaration> Roles { get; init; } = [];

    /// <summary>Terraform outputs that it has beside the contract's.</summary>
    public IReadOnlyList<OutputDeclaration> Outputs { get; init; } = [];

    /// <summary>Verbs that it brings, run on its hosts.</summary>
    public IReadOnlyList<CommandDeclaration> Commands { get; init; } = [];
}

/// <summary>A role of machines, for example <c>vm</c> or <c>backend</c>.</summary>
public sealed record RoleDeclaration
{
    /// <summary>Lower-case letters, digits and dashes.</summary>
    public required string Name { get; init; }

    /// <summary>What machines of this role do.</summary>
    public string Description { get; init; } = "";
}

/// <summary>A Terraform output that a pattern has beside the contract's own.</summary>
public sealed record OutputDeclaration
{
    /// <summary>The output's name in <c>outputs.tf</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    public string Description { get; init; } = "";
}

/// <summary>A verb that a pattern brings.</summary>
public sealed record CommandDeclaration
{
    /// <summary>Lower-case letters, digits and dashes; a built-in verb of the same name wins.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for help.</summary>
    public string Description { get; init; } = "";

    /// <summary>The role on whose first host it runs.</summary>
    public required string Role { get; init; }

    /// <summary>The program and its fixed arguments on that host; what the user adds is appended, each argument quoted.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Whether <c>status</c> runs it too, without further arguments, and shows what it prints: a few lines, within seconds.</summary>
    public bool InStatus { get; init; }
}
