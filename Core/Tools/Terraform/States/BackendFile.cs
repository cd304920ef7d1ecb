using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Terraform.States;

/// <summary>Our file in a Terraform folder that sets its backend. Patterns do not know about it.</summary>
public static class BackendFile
{
    public const string Name = DeploymentFolder.TerraformBackendName;

    private static readonly JsonSerializerOptions Options =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(string kind, JsonObject arguments) => new JsonObject
    {
        ["terraform"] = new JsonObject { ["backend"] = new JsonObject { [kind] = arguments.DeepClone() } },
    }.ToJsonString(Options) + "\n";

    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, Name));

    public static void Write(string folder, string kind, JsonObject arguments)
    {
        PrivateFile.CreateFolder(folder);
        PrivateFile.Write(Path.Combine(folder, Name), Text(kind, arguments));
    }

    public static void Remove(string folder) => File.Delete(Path.Combine(folder, Name));
}
