namespace TfgridCompose.Patterns.Sdk.Testing;

/// <summary>Finds what a pattern's project built.</summary>
public static class PatternFolder
{
    /// <summary>
    /// The output folder of a pattern's project, built in the configuration and for the framework of the running tests: <c>PROJECT/bin/Release/net10.0</c>. Add the
    /// project to the tests' as <c>&lt;ProjectReference ... ReferenceOutputAssembly="false" /&gt;</c>, so that it is built before. Where outputs are sent elsewhere
    /// (<c>UseArtifactsOutput</c>), give the full path in place of this.
    /// </summary>
    /// <param name="project">The project's folder, absolute or relative to the folder of the test project: <c>../MyPattern</c>.</param>
    /// <exception cref="InvalidOperationException">The tests do not run from <c>bin/CONFIGURATION/FRAMEWORK</c>.</exception>
    public static string Of(string project) => Of(project, AppContext.BaseDirectory);

    internal static string Of(string project, string running)
    {
        ArgumentNullException.ThrowIfNull(project);
        DirectoryInfo framework = new(Path.TrimEndingDirectorySeparator(running));
        return framework is { Parent: { Parent: { Name: "bin", Parent: { } tests } } configuration }
            ? Path.GetFullPath(Path.Combine(tests.FullName, project, "bin", configuration.Name, framework.Name))
            : throw new InvalidOperationException($"The tests run in {running}, which is not bin/CONFIGURATION/FRAMEWORK; give the pattern's full path.");
    }
}
