namespace TfgridCompose.Patterns.Sdk.Testing;

/// <summary>Finds the output of a pattern's project.</summary>
public static class PatternFolder
{
    /// <summary>
    /// The output folder of a pattern's project for the configuration and framework of the running tests:
    /// <c>PROJECT/bin/Release/net10.0</c>. Add the project to the test project with <c>&lt;ProjectReference ...
    /// ReferenceOutputAssembly="false" /&gt;</c>, so that it is built first. If outputs go elsewhere
    /// (<c>UseArtifactsOutput</c>), use the full path instead of this method.
    /// </summary>
    /// <param name="project">
    /// The project's folder, absolute or relative to the test project: <c>../MyPattern</c>.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// The tests do not run from <c>bin/CONFIGURATION/FRAMEWORK</c>.
    /// </exception>
    public static string Of(string project) => Of(project, AppContext.BaseDirectory);

    internal static string Of(string project, string running)
    {
        ArgumentNullException.ThrowIfNull(project);
        DirectoryInfo framework = new(Path.TrimEndingDirectorySeparator(running));
        return framework is { Parent: { Parent: { Name: "bin", Parent: { } tests } } configuration }
            ? Path.GetFullPath(Path.Combine(tests.FullName, project, "bin", configuration.Name, framework.Name))
            : throw new InvalidOperationException(
                $"The tests run in {running}, which is not bin/CONFIGURATION/FRAMEWORK; use the pattern's full path.");
    }
}
