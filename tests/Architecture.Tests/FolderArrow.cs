namespace TfgridCompose.Architecture.Tests;

/// <summary>A source file that uses a type declared in another folder of its project.</summary>
/// <param name="File">The file, relative to the repository.</param>
/// <param name="To">The other folder.</param>
/// <param name="Type">The type's name.</param>
internal sealed record FolderArrow(string File, string To, string Type)
{
    public string From => FolderOf(File);

    public static string FolderOf(string file) => file[..file.LastIndexOf('/')];

    public override string ToString() => $"{File} uses {Type} of {To}";
}
