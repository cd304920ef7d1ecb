namespace TfgridCompose.Core.Tests.Plugins.Lifecycle;

internal static class LifecycleFolders
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>A plugin with these hooks, each a shell script.</summary>
    public static string Plugin(string root, string id, params (string Name, string Script)[] hooks)
    {
        string folder = Path.Combine(root, id);
        Directory.CreateDirectory(Path.Combine(folder, "hooks"));
        File.WriteAllText(Path.Combine(folder, "plugin.yaml"), $"name: {id}\nversion: 1.0.0\n");
        foreach ((string name, string script) in hooks)
        {
            string path = Path.Combine(folder, "hooks", name);
            File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
            File.SetUnixFileMode(path, Executable);
        }

        return folder;
    }
}
