namespace TfgridCompose.Core.Tests.Tools;

/// <summary>A folder for PATH with programs that do nothing. It lives as long as a test.</summary>
internal sealed class ToolFolder : IDisposable
{
    public ToolFolder(params string[] tools)
    {
        foreach (string tool in tools)
        {
            Add(tool);
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("tfc-tools-").FullName;

    public void Add(string tool)
    {
        File.WriteAllText(Of(tool), "#!/bin/sh\n");
        File.SetUnixFileMode(Of(tool), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public void Remove(string tool) => File.Delete(Of(tool));

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string Of(string tool) => System.IO.Path.Combine(Path, tool);
}
