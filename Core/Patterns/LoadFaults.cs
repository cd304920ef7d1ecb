using System.Composition.Hosting;
using System.Reflection;
using System.Runtime.Loader;
using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Patterns;

/// <summary>Turns what the runtime and MEF throw for one plugin into one line with a remedy.</summary>
internal sealed class LoadFaults(PluginDescriptor plugin, string folder)
{
    private const string Reinstall = "install the plugin again";
    private const string TellAuthor = "tell the plugin's author, or install another version";
    private static readonly string SdkName = typeof(IPattern).Assembly.GetName().Name ?? "";

    public DiagnosticException AssemblyChanged(string actual) => Fault(
        PatternCodes.AssemblyChanged,
        $"has another {plugin.Assembly} than the one it was built with: its sha256 is {actual[..12]}..., {PluginDescriptor.FileName} says {plugin.Sha256[..12]}...",
        Reinstall);

    public DiagnosticException NotAnAssembly(Exception cause) => Fault(
        PatternCodes.NotAnAssembly, $"cannot be loaded: {plugin.Assembly} in {folder} is not a readable .NET assembly ({Line(cause)})", Reinstall, cause);

    public DiagnosticException NoMetadata() => Fault(
        PatternCodes.NoMetadata, "exports a pattern without name or version", "export it with [ExportPattern(name, version, description)]");

    public DiagnosticException DescriptorDiffers(PatternMetadata exported) => Fault(
        PatternCodes.DescriptorDiffers,
        $"does not match its descriptor: {plugin.Assembly} exports '{exported.Name}' {exported.Version}, {PluginDescriptor.FileName} says '{plugin.Name}' {plugin.Version}",
        Reinstall);

    public DiagnosticException SeveralExports(Assembly assembly, int count) => Fault(
        PatternCodes.SeveralExports, $"exports {count} patterns from {assembly.GetName().Name}.dll", "export exactly one pattern from a plugin");

    // A private copy of another major's SDK hides the host's types: MEF then sees nothing and says nothing.
    public DiagnosticException NoExport(Assembly assembly)
    {
        Assembly? own = AssemblyLoadContext.GetLoadContext(assembly)?.Assemblies.FirstOrDefault(loaded => loaded.GetName().Name == SdkName);
        return own is null
            ? Fault(PatternCodes.NoExport, $"exports no pattern from {plugin.Assembly}", "mark its pattern class with [ExportPattern(name, version, description)]")
            : Fault(
                PatternCodes.OwnSdk,
                $"carries its own {SdkName} {own.GetName().Version}, so its pattern is not seen; this version of tfgrid-compose has {SdkContract.Version}",
                "reference TfgridCompose.Patterns.Sdk with ExcludeAssets=\"runtime\" and build the plugin against this version");
    }

    public DiagnosticException NotScanned(Exception thrown) => MissingAssembly(thrown) ?? thrown switch
    {
        CompositionFailedException => Fault(
            PatternCodes.UnknownImport, $"imports what tfgrid-compose does not offer: {Line(thrown)}", "give the pattern class a public constructor without parameters", thrown),
        _ => NotCreated(thrown),
    };

    public DiagnosticException NotCreated(Exception thrown)
    {
        if (MissingAssembly(thrown) is { } missing)
        {
            return missing;
        }

        string place = thrown is TypeInitializationException ? "static constructor" : "constructor";
        return Fault(PatternCodes.NotCreated, $"cannot be created: its {place} threw {thrown.GetBaseException().GetType().Name}: {Line(thrown.GetBaseException())}", TellAuthor, thrown);
    }

    private DiagnosticException? MissingAssembly(Exception thrown)
    {
        Exception root = thrown is ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } ? first : thrown.GetBaseException();
        string? file = root switch
        {
            FileNotFoundException notFound => notFound.FileName,
            FileLoadException notLoaded => notLoaded.FileName,
            _ => null,
        };
        if (root is MissingMemberException or TypeLoadException)
        {
            return Fault(PatternCodes.ContractTooNew, $"uses what this version of tfgrid-compose (contract {SdkContract.Version}) does not have: {Line(root)}", "update tfgrid-compose", thrown);
        }

        if (file is null)
        {
            return null;
        }

        // Not new AssemblyName(file): the runtime may put a path there.
        return file.StartsWith(SdkName + ",", StringComparison.Ordinal)
            ? Fault(
                PatternCodes.ContractTooNew,
                $"is built against {Short(file)}; this version of tfgrid-compose has {SdkContract.Version}",
                "update tfgrid-compose, or install a version of the plugin for this one",
                thrown)
            : Fault(PatternCodes.DependencyMissing, $"needs {Short(file)}, which is not in {folder}", Reinstall, thrown);
    }

    // "Name, Version=1.0.0.0, Culture=neutral, ..." without its tail.
    private static string Short(string assembly) => string.Join(',', assembly.Split(',').Take(2));

    private static string Line(Exception thrown) => thrown.Message.Split('\n', 2)[0].TrimEnd('\r', ' ', ':');

    private DiagnosticException Fault(string code, string what, string remedy, Exception? cause = null) =>
        new(ExitCode.Pattern, [Diagnostic.Error(code, $"The plugin '{plugin.Name}' {what}", remedy)], cause);
}
