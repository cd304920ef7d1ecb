using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Records.Folders;

/// <summary>The folders of this user: <c>~/.tfgrid-compose</c>, or where <c>TFGRID_COMPOSE_HOME</c> points.</summary>
public sealed record TfgridHome(string Path)
{
    public const string Variable = "TFGRID_COMPOSE_HOME";

    public static TfgridHome FromEnvironment(Func<string, string?> variable)
    {
        string? explicitHome = variable(Variable);
        return new(System.IO.Path.GetFullPath(string.IsNullOrEmpty(explicitHome)
            ? System.IO.Path.Combine(UserHome.Of(variable), ".tfgrid-compose")
            : explicitHome));
    }

    public string Deployments => System.IO.Path.Combine(Path, "deployments");

    public string Index => System.IO.Path.Combine(Path, "index.yaml");

    /// <summary>Folders of removed deployments that are not deleted yet.</summary>
    public string Forgotten => System.IO.Path.Combine(Path, "forgotten");

    /// <summary>The id of the deployment that <c>select</c> chose.</summary>
    public string Selected => System.IO.Path.Combine(Path, "selected");

    /// <summary>Tombstones of destroyed deployments.</summary>
    public string Ended => System.IO.Path.Combine(Path, "ended");

    public string Locks => System.IO.Path.Combine(Path, "locks");

    public string Plugins => System.IO.Path.Combine(Path, "plugins");

    public string VerifiedPatterns => System.IO.Path.Combine(Path, "patterns.verified");

    public string PatternsLock => System.IO.Path.Combine(Path, "patterns.lock");

    /// <summary>The apps whose code may run here, and the parts that the user agreed to.</summary>
    public string Trusted => System.IO.Path.Combine(Path, "trusted.json");

    /// <summary>Copies of the pattern assemblies of such apps, as the user agreed to them.</summary>
    public string AgreedPatterns => System.IO.Path.Combine(Path, "agreed");

    public string ProviderMirror => System.IO.Path.Combine(Path, "local-provider");

    public string ProviderCache => System.IO.Path.Combine(Path, "terraform-plugins");

    public string TerraformConfig => System.IO.Path.Combine(Path, "terraform-local.rc");

    public string Log => System.IO.Path.Combine(Path, "tfgrid-compose.log");

    public DeploymentFolder Deployment(string id) => new(System.IO.Path.Combine(Deployments, id));

    /// <summary>Reads one of the files or folders here. TFC0310 if this user may not: it is root's, after a run with sudo.</summary>
    public static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Refused($"{path} cannot be read: {problem.Message}");
        }
    }

    /// <summary>
    /// Whether a file is there. Throws TFC0310 where this user may not look: that is not the same as nothing there.
    /// </summary>
    public static bool Has(string file)
    {
        if (File.Exists(file))
        {
            return true;
        }

        try
        {
            PlainFile.Handle(file).Dispose();
            return true;
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Refused($"{file} cannot be read: {problem.Message}");
        }
    }

    public void Create()
    {
        try
        {
            PrivateFile.CreateFolder(Path);
            PrivateFile.CreateFolder(Deployments);
            PrivateFile.CreateFolder(Locks);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Refused($"The state folder {Path} cannot be written: {problem.Message}");
        }
    }

    private static DiagnosticException Refused(string what) => new(
        ExitCode.Prerequisite,
        StateCodes.HomeUnwritable,
        what,
        $"give it to this user, or name another folder with {Variable}");
}
