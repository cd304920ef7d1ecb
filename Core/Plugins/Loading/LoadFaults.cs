using System.Composition.Hosting;
using System.Reflection;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.Loading;

/// <summary>Converts exceptions of the runtime and MEF for a plugin into one line with a remedy.</summary>
internal sealed class LoadFaults(PluginDescriptor plugin, string folder)
{
    private const string Reinstall = "install the plugin again";
    private const string TellAuthor = "tell the plugin's author, or install another version";
    private const string NewerHost = "update tfgrid-compose, or install an older version of the plugin";
    private static readonly string Here = $"this version of tfgrid-compose has contract {SdkContract.Version}";
    private static readonly string SdkName = typeof(IPattern).Assembly.GetName().Name ?? "";

    public DiagnosticException AssemblyChanged(string actual) => Fault(
        PatternCodes.AssemblyChanged,
        $"was built with a different {plugin.Assembly}: its SHA-256 is {actual[..12]}..., "
            + $"but {PluginDescriptor.FileName} says {plugin.Sha256[..12]}...",
        Reinstall);

    public DiagnosticException NotAnAssembly(Exception cause) => Fault(
        PatternCodes.NotAnAssembly,
        $"cannot be loaded: {plugin.Assembly} in {folder} is not a readable .NET assembly ({Line(cause)})",
        Reinstall,
        cause);

    public DiagnosticException Unreadable(Exception cause) => Fault(
        PatternCodes.NotAnAssembly,
        $"cannot be loaded: a file in {folder} cannot be read ({Line(cause)})",
        "check the owner and mode of its files",
        cause);

    public DiagnosticException NativeMismatch(string mismatch) => Fault(
        PatternCodes.NativeMismatch,
        $"cannot run here: its {mismatch}",
        "install a version that is built for this machine");

    public DiagnosticException NoMetadata() => Fault(
        PatternCodes.NoMetadata,
        "exports a pattern without a name or version",
        "export it with [ExportPattern(name, version, description)]");

    public DiagnosticException DescriptorDiffers(string name, string version) => Fault(
        PatternCodes.DescriptorDiffers,
        $"does not match its descriptor: {plugin.Assembly} exports '{name}' {version}, "
            + $"but {PluginDescriptor.FileName} says '{plugin.Name}' {plugin.Version}",
        Reinstall);

    public DiagnosticException OtherContract(Version built) => built.Major > SdkContract.Major
        ? Fault(PatternCodes.ContractTooNew, $"is built against {SdkName} {built}; {Here}", NewerHost)
        : Fault(
            PatternCodes.ContractTooOld,
            $"is built against {SdkName} {built}; {Here}",
            $"install a version of it that is built with TfgridCompose.Patterns.Sdk {SdkContract.Major}.x");

    public DiagnosticException NoExport() => Fault(
        PatternCodes.NoExport,
        $"exports no pattern from {plugin.Assembly}",
        "mark its pattern class with [ExportPattern(name, version, description)]");

    public DiagnosticException SeveralExports(int count) => Fault(
        PatternCodes.SeveralExports,
        $"exports {count} patterns from {plugin.Assembly}",
        "export exactly one pattern from a plugin");

    public DiagnosticException NotScanned(Exception thrown) => MissingAssembly(thrown) ?? thrown switch
    {
        CompositionFailedException => Fault(
            PatternCodes.UnknownImport,
            $"imports something that tfgrid-compose does not provide: {Line(thrown)}",
            "give the pattern class a public constructor without parameters",
            thrown),
        _ => NotCreated(thrown),
    };

    public DiagnosticException NotCreated(Exception thrown)
    {
        if (thrown is PluginHangsException)
        {
            return Fault(
                PatternCodes.MemberHangs,
                $"cannot be created: its constructor {thrown.Message}",
                TellAuthor,
                thrown);
        }

        if (MissingAssembly(thrown) is { } missing)
        {
            return missing;
        }

        string place = thrown is TypeInitializationException ? "static constructor" : "constructor";
        return Fault(
            PatternCodes.NotCreated,
            $"cannot be created: its {place} threw {thrown.GetBaseException().GetType().Name}: "
                + $"{Line(thrown.GetBaseException())}",
            TellAuthor,
            thrown);
    }

    // With the same major version, the host may still lack what a later minor version added. The runtime notices at
    // first use.
    private DiagnosticException? MissingAssembly(Exception thrown)
    {
        Exception root = thrown is ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] }
            ? first
            : thrown.GetBaseException();
        return root switch
        {
            MissingMemberException or TypeLoadException => Fault(
                PatternCodes.ContractTooNew,
                $"uses a type or member that does not exist: {Line(root)}; {Here}",
                NewerHost,
                thrown),
            FileNotFoundException { FileName: { } file } => Fault(
                PatternCodes.DependencyMissing,
                $"needs {Short(file)}, which is not in {folder}",
                Reinstall,
                thrown),
            FileLoadException { FileName: { } file } => Fault(
                PatternCodes.DependencyMissing,
                $"needs {Short(file)}, which is not in {folder}",
                Reinstall,
                thrown),
            _ => null,
        };
    }

    // "Name, Version=1.0.0.0, Culture=neutral, ..." without its tail.
    private static string Short(string assembly) => string.Join(',', assembly.Split(',').Take(2));

    private static string Line(Exception thrown) => thrown.Message.Split('\n', 2)[0].TrimEnd('\r', ' ', ':');

    private DiagnosticException Fault(string code, string what, string remedy, Exception? cause = null) =>
        new(ExitCode.Pattern, [Diagnostic.Error(code, $"The plugin '{plugin.Name}' {what}", remedy)], cause);
}
