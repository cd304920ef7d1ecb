namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>A part of what a phase works from, with a name that the user knows.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">A variable, a file's path in the app's folder, or a key of the manifest.</param>
/// <param name="Content">Its value or its hash. It may be secret.</param>
public sealed record InputPart(InputKind Kind, string Name, string Content)
{
    public static InputPart Setting(string name, string content) => new(InputKind.Setting, name, content);

    public static InputPart Setting(string name, IEnumerable<string> content) =>
        new(InputKind.Setting, name, string.Join('\n', content));
}

public enum InputKind
{
    /// <summary>A key of the manifest, or something else that has one value.</summary>
    Setting,

    /// <summary>A variable of the app's hooks.</summary>
    Variable,

    File,

    /// <summary>Follows from other parts, and is named only if none of those has changed.</summary>
    Derived,

    /// <summary>A whole sentence, shown if it is new.</summary>
    Remark,
}
