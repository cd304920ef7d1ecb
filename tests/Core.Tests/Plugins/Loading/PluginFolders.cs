using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Plugins.Loading;

/// <summary>A plugin root in a temporary folder, filled with copies of the staged test patterns.</summary>
internal sealed class PluginFolders
{
    private static readonly string Staged = Path.Combine(AppContext.BaseDirectory, "test-patterns");
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("tfc-plugins-");

    public string BuiltInRoot => Path.Combine(_root.FullName, "built-in");

    public string UserRoot => Path.Combine(_root.FullName, "user");

    public static string StagedFolder(string id) => Path.Combine(Staged, id);

    /// <summary>Copies a staged plugin; returns its folder.</summary>
    public string Add(string id, string? folder = null, bool builtIn = true)
    {
        string target = Path.Combine(builtIn ? BuiltInRoot : UserRoot, folder ?? id);
        Directory.CreateDirectory(target);
        foreach (string file in Directory.GetFiles(StagedFolder(id)))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        return target;
    }

    /// <summary>Sets a field of the descriptor.</summary>
    public static void Describe(string folder, string field, JsonNode? value)
    {
        string path = Path.Combine(folder, PluginDescriptor.FileName);
        JsonNode json = JsonNode.Parse(File.ReadAllText(path))!;
        json[field] = value;
        File.WriteAllText(path, json.ToJsonString());
    }

    /// <summary>Replaces the plugin's assembly; with a matching descriptor where asked.</summary>
    public static void ReplaceAssembly(string folder, byte[] content, bool rehash)
    {
        string path = AssemblyOf(folder);
        File.WriteAllBytes(path, content);
        if (rehash)
        {
            Describe(folder, "sha256", Convert.ToHexStringLower(SHA256.HashData(content)));
            Describe(folder, "crc32c", Crc32C.Of(content).ToString("x8", CultureInfo.InvariantCulture));
        }
    }

    public static string AssemblyOf(string folder)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, PluginDescriptor.FileName)))!;
        return Path.Combine(folder, json["assembly"]!.GetValue<string>());
    }

    public PluginCatalog Scan() => PluginCatalog.Scan([new(BuiltInRoot, BuiltIn: true), new(UserRoot, BuiltIn: false)]);

    public void Remove() => _root.Delete(recursive: true);
}
