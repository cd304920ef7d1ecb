using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.Descriptors;

/// <summary>Problems of a plugin that can be found without loading it.</summary>
internal static class PluginProblems
{
    private const string Reinstall = "install the plugin again, or remove its folder";

    public static Diagnostic RootUnreadable(string root, string reason) =>
        Diagnostic.Error(
            PatternCodes.RootUnreadable,
            $"The plugin folder {root} cannot be listed: {reason}",
            "check its owner and mode");

    public static Diagnostic NoDescriptor(string folder) =>
        Diagnostic.Error(
            PatternCodes.NoDescriptor,
            $"The plugin folder {folder} has neither {PluginDescriptor.FileName} nor {PatternYaml.FileName}",
            Reinstall);

    public static Diagnostic InvalidDescriptor(string folder, string problem) => Diagnostic.Error(
        PatternCodes.InvalidDescriptor,
        $"The descriptor {Path.Combine(folder, PluginDescriptor.FileName)} {problem}",
        Reinstall);

    public static Diagnostic UnreadableFolderPattern(string file, string problem) =>
        Diagnostic.Error(
            PatternCodes.InvalidDescriptor,
            $"{file} {problem}",
            "make it a file that you may read (ls -l shows its mode)");

    public static Diagnostic NoMainFile(string name, string folder) => Diagnostic.Error(
        FolderPatternCodes.NoMainFile,
        $"The pattern '{name}' has no {PatternYaml.MainFile} in {folder}",
        "put the Terraform files there; docs/folder-patterns.md has an example");

    public static Diagnostic NoAssembly(PluginDescriptor plugin, string folder) =>
        Diagnostic.Error(
            PatternCodes.NoAssembly,
            $"The plugin '{plugin.Name}' has no {plugin.Assembly} in {folder}",
            Reinstall);

    public static Diagnostic AssemblyChanged(PluginDescriptor plugin, string actual) => Diagnostic.Error(
        PatternCodes.AssemblyChanged,
        $"The plugin '{plugin.Name}' was built with a different {plugin.Assembly}: its CRC-32C is {actual}, "
            + $"but {PluginDescriptor.FileName} says {plugin.Crc32C}",
        Reinstall);

    public static Diagnostic ContractTooNew(PluginDescriptor plugin) => Diagnostic.Error(
        PatternCodes.ContractTooNew,
        $"The plugin '{plugin.Name}' {plugin.Version} is built for pattern contract {plugin.Contract}; "
            + $"this version of tfgrid-compose has {SdkContract.Version}",
        "update tfgrid-compose, or install an older version of the plugin");

    public static Diagnostic ContractTooOld(PluginDescriptor plugin) => Diagnostic.Error(
        PatternCodes.ContractTooOld,
        $"The plugin '{plugin.Name}' {plugin.Version} is built for pattern contract {plugin.Contract}; "
            + $"this version of tfgrid-compose has {SdkContract.Version}",
        $"install a version of the plugin that is built with TfgridCompose.Patterns.Sdk {SdkContract.Major}.x");

    public static Diagnostic NameTaken(string name, string folder, string ownerFolder, bool ownerIsBuiltIn) =>
        Diagnostic.Error(
            PatternCodes.NameTaken,
            $"The plugin in {folder} has the same name '{name}' as "
                + $"{(ownerIsBuiltIn ? "the built-in pattern" : $"the one in {ownerFolder}")}, which is used",
            "remove one of them; a built-in pattern cannot be replaced");

    public static Diagnostic DependencyMissing(string name, string file, string folder) => Diagnostic.Error(
        PatternCodes.DependencyMissing, $"The plugin '{name}' needs {file}, which is not in {folder}", Reinstall);
}
