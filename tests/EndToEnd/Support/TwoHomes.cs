namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>Two users with the same app and the same state backend; the second one's key is in the manifest.</summary>
internal sealed class TwoHomes : IAsyncDisposable
{
    private TwoHomes(Lab first, Lab second, SampleApp firstApp, SampleApp secondApp) =>
        (First, Second, FirstApp, SecondApp) = (first, second, firstApp, secondApp);

    public Lab First { get; }

    public Lab Second { get; }

    public SampleApp FirstApp { get; }

    public SampleApp SecondApp { get; }

    /// <param name="name">The app's name.</param>
    /// <param name="state">The manifest's <c>state</c>.</param>
    /// <param name="environment">Address and credentials of the backend.</param>
    /// <param name="more">More lines of the manifest.</param>
    public static async Task<TwoHomes> CreateAsync(
        string name, string state, IReadOnlyDictionary<string, string?> environment, string more = "")
    {
        Lab first = await Lab.CreateAsync();
        Lab second = await Lab.CreateAsync();
        foreach ((string variable, string? value) in environment)
        {
            first.Environment[variable] = value;
            second.Environment[variable] = value;
        }

        string key = (await File.ReadAllTextAsync(Path.Combine(second.Home, ".ssh", "id_ed25519.pub"))).Trim();
        string lines = $"state: {state}\nssh_keys: [\"{key}\"]\n{more}";
        return new TwoHomes(first, second, first.App(name, lines), second.App(name, lines));
    }

    /// <summary>From here on the second one's commands run on a machine of another name.</summary>
    public void MoveSecondTo(string hostName)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("only root can be on a machine of another name");
        }

        string script = Second.In("on-another-machine");
        File.WriteAllText(
            script, $"#!/bin/sh\nexec unshare --uts sh -c 'hostname {hostName} && exec \"$@\"' sh '{Second.Executable}' \"$@\"\n");
        File.SetUnixFileMode(script, (UnixFileMode)Convert.ToInt32("755", 8));
        Second.Executable = script;
    }

    public async ValueTask DisposeAsync()
    {
        await Second.DisposeAsync();
        await First.DisposeAsync();
    }
}
